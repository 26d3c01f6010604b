package org.s3ds.cli;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** What one class logs to {@link DebugLog}. */
final class DebugLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    private final transient DebugLog log;

    DebugLogger(String name, DebugLog log) {
        this.name = name;
        this.log = log;
    }

    @Override
    public boolean isTraceEnabled() {
        return log.shows(name, Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return log.shows(name, Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return log.shows(name, Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return log.shows(name, Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return log.shows(name, Level.ERROR);
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String message,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        log.write(name, level, String.valueOf(MessageFormatter.basicArrayFormat(message, arguments)), failure);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }
}
