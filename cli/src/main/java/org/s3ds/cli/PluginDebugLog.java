package org.s3ds.cli;

import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.PluginLog;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** {@link DebugLog} for plugins, which cannot see it. They find this class by its name in {@code META-INF/services}. */
public final class PluginDebugLog implements PluginLog {
    /** For {@link PluginLog#ofNode} alone. */
    public PluginDebugLog() {}

    @Override
    public boolean shows(String logger, System.Logger.Level level) {
        return LoggerFactory.getILoggerFactory() instanceof DebugLog log && log.shows(logger, ofSlf4j(level));
    }

    @Override
    public void write(String logger, System.Logger.Level level, String message, @Nullable Throwable failure) {
        if (LoggerFactory.getILoggerFactory() instanceof DebugLog log) {
            log.write(logger, ofSlf4j(level), message, failure);
        }
    }

    private static Level ofSlf4j(System.Logger.Level level) {
        return switch (level) {
            case ALL, TRACE -> Level.TRACE;
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARNING -> Level.WARN;
            case ERROR, OFF -> Level.ERROR;
        };
    }
}
