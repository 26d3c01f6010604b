package org.s3ds.node.blocks;

import java.io.IOException;

/** A CID's hash is one that the node does not trust: nothing was read or stored. */
public final class RefusedHashException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedHashException(String message) {
        super(message);
    }
}
