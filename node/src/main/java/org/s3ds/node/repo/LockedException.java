package org.s3ds.node.repo;

/** Another process has the repo. */
public final class LockedException extends RepoException {
    private static final long serialVersionUID = 1L;

    LockedException(String message) {
        super(message);
    }
}
