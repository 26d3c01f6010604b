package org.s3ds.rpc;

import java.io.IOException;

/** What cannot be a request of any command. It is answered in plain text, and only before any result. */
public final class BadRequestException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** A status from 400 on, and the sentence that is the answer. */
    public BadRequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** No such command, as Kubo says it. */
    public static BadRequestException notFound() {
        return new BadRequestException(404, "404 page not found");
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
