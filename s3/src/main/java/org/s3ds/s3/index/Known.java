package org.s3ds.s3.index;

/** What is known of a key. */
sealed interface Known {
    /** There is a value of so many bytes. */
    record Present(long size) implements Known {}

    /** The answer when there is none, or nothing is known. */
    enum Nothing implements Known {
        /** There is no value. */
        ABSENT,
        /** The place must be asked. */
        UNKNOWN
    }
}
