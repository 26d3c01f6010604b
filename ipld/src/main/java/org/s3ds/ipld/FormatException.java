package org.s3ds.ipld;

import java.io.IOException;

/** Bytes or text are not what they should be. The message is one sentence: what is wrong, and where. */
public final class FormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With the sentence. */
    public FormatException(String message) {
        super(message);
    }

    /** With the sentence and what caused it. */
    public FormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
