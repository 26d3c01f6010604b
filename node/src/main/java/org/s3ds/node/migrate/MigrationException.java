package org.s3ds.node.migrate;

import java.io.IOException;

/** Why a migration cannot begin or go on; the sentence says what to do. */
public final class MigrationException extends IOException {
    private static final long serialVersionUID = 1L;

    MigrationException(String message) {
        super(message);
    }

    MigrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
