package org.s3ds.s3;

/** Whom a request is for: it says who goes first where not all may go at once. */
enum Priority {
    /** Somebody waits for the answer: a reader, a put. */
    FOREGROUND,
    /** Nobody waits: listing for an index, collecting garbage, verifying, moving. */
    BACKGROUND
}
