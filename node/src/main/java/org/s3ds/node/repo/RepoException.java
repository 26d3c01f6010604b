package org.s3ds.node.repo;

import java.io.IOException;

/** A repo cannot be made, opened or changed. The message is Kubo's sentence where it has one. */
public sealed class RepoException extends IOException permits LockedException {
    private static final long serialVersionUID = 1L;

    RepoException(String message) {
        super(message);
    }

    RepoException(String message, Throwable cause) {
        super(message, cause);
    }
}
