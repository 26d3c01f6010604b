package org.s3ds.datastore;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The node's log, for the details that a plugin and its libraries have to tell. The node decides what is shown. */
public interface PluginLog {
    /** Whether something would be shown; asked before a message is put together. */
    boolean shows(String logger, System.Logger.Level level);

    /**
     * Writes a message. The node masks the secrets that it knows how to find.
     *
     * @param logger who says it, such as a class's name
     * @param failure what it is about, if anything
     */
    void write(String logger, System.Logger.Level level, String message, @Nullable Throwable failure);

    /** The log of the node that this class is part of; a silent one where it has none. */
    static PluginLog ofNode() {
        return ServiceLoader.load(PluginLog.class, PluginLog.class.getClassLoader())
                .findFirst()
                .orElseGet(SilentLog::new);
    }
}
