package org.s3ds.datastore;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One entry of a listing: a key, and as much of its value as the query asked for. */
public final class Entry {
    /** What an entry without its value counts as where values are compared. */
    static final byte[] NO_BYTES = {};

    private final Key key;
    private final byte @Nullable [] value;
    private final long size;

    private Entry(Key key, byte @Nullable [] value, long size) {
        this.key = key;
        this.value = value;
        this.size = size;
    }

    /** An entry with its value. The array is not copied. */
    public static Entry of(Key key, byte[] value) {
        return new Entry(key, value, value.length);
    }

    /** An entry without its value, of known length. */
    public static Entry ofSize(Key key, long size) {
        return new Entry(key, null, size);
    }

    /** An entry without value or length. */
    public static Entry ofKey(Key key) {
        return new Entry(key, null, -1);
    }

    /** The same entry under another key. */
    public Entry withKey(Key other) {
        return new Entry(other, value, size);
    }

    /** The key. */
    public Key key() {
        return key;
    }

    /** The value, not to be changed; empty when the query wanted keys only. */
    public Optional<byte[]> value() {
        return Optional.ofNullable(value);
    }

    /**
     * The value's length in bytes; empty when not known, which it always is with a value or when sizes were asked for.
     */
    public OptionalLong size() {
        return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
    }

    @Override
    public String toString() {
        return size < 0 ? key.toString() : key + " (" + size + " bytes)";
    }
}
