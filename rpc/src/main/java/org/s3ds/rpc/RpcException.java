package org.s3ds.rpc;

import java.io.IOException;

/** A failure that is told with a code. Any other {@link IOException} has {@link #NORMAL}. */
public final class RpcException extends IOException {
    /** It went wrong: status 500. */
    public static final int NORMAL = 0;

    /** The client is wrong: status 400. */
    public static final int CLIENT = 1;

    /** Not now, but later. */
    public static final int RATE_LIMITED = 3;

    /** Not for this client. */
    public static final int FORBIDDEN = 4;

    private static final long serialVersionUID = 1L;

    private final int code;

    /** A failure with its code, and the sentence that tells it. */
    public RpcException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** One of the codes above, or another that a daemon sent. */
    public int code() {
        return code;
    }
}
