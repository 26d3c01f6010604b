package org.s3ds.rpc;

import java.io.IOException;

/** Nobody listens at an address: the system says so, and not merely that no answer came. */
public final class NoDaemonException extends IOException {
    private static final long serialVersionUID = 1L;

    NoDaemonException(String message, IOException cause) {
        super(message, cause);
    }
}
