package org.s3ds.node.plugins;

import java.io.IOException;

/** A plugin is refused. The message is one sentence: which file, what is wrong with it, what to do. */
public final class PluginException extends IOException {
    private static final long serialVersionUID = 1L;

    PluginException(String message) {
        super(message);
    }

    PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
