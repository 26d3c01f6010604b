package org.s3ds.node.pins;

import java.io.IOException;

/** What was asked of pins cannot be: the message says why, in Kubo's words. */
public final class PinException extends IOException {
    private static final long serialVersionUID = 1L;

    PinException(String message) {
        super(message);
    }
}
