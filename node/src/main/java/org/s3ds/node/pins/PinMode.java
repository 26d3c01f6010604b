package org.s3ds.node.pins;

import java.util.Arrays;
import java.util.Optional;

/** What a pin keeps. There are no other kinds on disk: indirect pins follow from recursive ones. */
public enum PinMode {
    /** The block and all that is below it. */
    RECURSIVE(0, "recursive", "cidRindex"),
    /** The block alone. */
    DIRECT(1, "direct", "cidDindex");

    private final int code;
    private final String word;
    private final String index;

    PinMode(int code, String word, String index) {
        this.code = code;
        this.word = word;
        this.index = index;
    }

    /** The word of Kubo's listings. */
    public String word() {
        return word;
    }

    /** The number in a pin record. */
    int code() {
        return code;
    }

    /** The part of an index key that tells the mode. */
    String index() {
        return index;
    }

    PinMode other() {
        return this == RECURSIVE ? DIRECT : RECURSIVE;
    }

    static Optional<PinMode> ofCode(long code) {
        return Arrays.stream(values()).filter(mode -> mode.code == code).findFirst();
    }
}
