package org.s3ds.rpc;

/**
 * What a GET beside the RPC API shows.
 *
 * @param status of HTTP
 * @param type the content type
 * @param text the whole body
 */
public record Page(int status, String type, String text) {}
