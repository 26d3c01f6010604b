package org.s3ds.plugin;

import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.PluginLog;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** What one class logs to the node. */
final class NodeLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    private final transient PluginLog log;

    NodeLogger(String name, PluginLog log) {
        this.name = name;
        this.log = log;
    }

    @Override
    public boolean isTraceEnabled() {
        return log.shows(name, System.Logger.Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return log.shows(name, System.Logger.Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return log.shows(name, System.Logger.Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return log.shows(name, System.Logger.Level.WARNING);
    }

    @Override
    public boolean isErrorEnabled() {
        return log.shows(name, System.Logger.Level.ERROR);
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String message,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        String text = String.valueOf(MessageFormatter.basicArrayFormat(message, arguments));
        log.write(name, ofJdk(level), text, failure);
    }

    private static System.Logger.Level ofJdk(Level level) {
        return switch (level) {
            case TRACE -> System.Logger.Level.TRACE;
            case DEBUG -> System.Logger.Level.DEBUG;
            case INFO -> System.Logger.Level.INFO;
            case WARN -> System.Logger.Level.WARNING;
            case ERROR -> System.Logger.Level.ERROR;
        };
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }
}
