package org.s3ds.node.repo;

import java.io.IOException;

/** A key of the config is not there, or must not be shown or set so. Kubo's sentence where it has one. */
public final class ConfigException extends IOException {
    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        super(message);
    }
}
