package org.s3ds.node.names;

import java.io.IOException;

/** A name stands for nothing that is known here, or must not be given so. Kubo's sentence where it has one. */
public final class NameException extends IOException {
    private static final long serialVersionUID = 1L;

    NameException(String message) {
        super(message);
    }

    NameException(String message, Throwable cause) {
        super(message, cause);
    }
}
