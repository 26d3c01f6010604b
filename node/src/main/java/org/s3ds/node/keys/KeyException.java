package org.s3ds.node.keys;

import java.io.IOException;

/** A key is not there, or cannot be called so. Kubo's sentence where it has one. */
public final class KeyException extends IOException {
    private static final long serialVersionUID = 1L;

    KeyException(String message) {
        super(message);
    }

    KeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
