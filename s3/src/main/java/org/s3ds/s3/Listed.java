package org.s3ds.s3;

/**
 * An object as a listing shows it.
 *
 * @param name the object's name
 * @param size bytes
 */
record Listed(String name, long size) {}
