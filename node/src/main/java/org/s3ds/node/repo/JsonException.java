package org.s3ds.node.repo;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A text is not JSON: the message says in which file, line and column, and why. */
public final class JsonException extends IOException {
    private static final long serialVersionUID = 1L;

    JsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
