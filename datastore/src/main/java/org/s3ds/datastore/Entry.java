package org.s3ds.datastore;

import java.time.Instant;
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
    private final @Nullable Instant modified;

    private Entry(Key key, byte @Nullable [] value, long size, @Nullable Instant modified) {
        this.key = key;
        this.value = value;
        this.size = size;
        this.modified = modified;
    }

    /** An entry with its value. The array is not copied. */
    public static Entry of(Key key, byte[] value) {
        return new Entry(key, value, value.length, null);
    }

    /** An entry without its value, of known length. */
    public static Entry ofSize(Key key, long size) {
        return new Entry(key, null, size, null);
    }

    /** An entry without value or length. */
    public static Entry ofKey(Key key) {
        return new Entry(key, null, -1, null);
    }

    /** The same entry under another key. */
    public Entry withKey(Key other) {
        return new Entry(other, value, size, modified);
    }

    /** The same entry, with the time of its last put. */
    public Entry withModified(Instant time) {
        return new Entry(key, value, size, time);
    }

    /** The same entry, whose value is not given but still has its length. */
    public Entry withoutValue() {
        return value == null ? this : new Entry(key, null, size, modified);
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

    /**
     * When the value was last put, also if the same value was there before, by the clock of this machine. What keeps
     * the value may have a clock of its own, which is allowed for, but whose tick is a second as a rule: whoever
     * compares allows two seconds.
     *
     * @return empty when it was not asked for ({@link Query#withTimes}), or when the store cannot tell; a store tells
     *     of every entry or of none
     */
    public Optional<Instant> modified() {
        return Optional.ofNullable(modified);
    }

    @Override
    public String toString() {
        return size < 0 ? key.toString() : key + " (" + size + " bytes)";
    }
}
