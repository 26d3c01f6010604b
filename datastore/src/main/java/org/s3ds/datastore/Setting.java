package org.s3ds.datastore;

/**
 * What a key of a spec is set to, and by whom.
 *
 * @param key as a spec spells it
 * @param value for people to read; secrets as {@code ***}; empty for nothing
 * @param source {@code spec}, {@code default}, or {@code environment} and the variable's name
 */
public record Setting(String key, String value, String source) {}
