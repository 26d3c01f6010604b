package org.s3ds.s3;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** What the store logs in these tests: kept while a test asks for it, else dropped. SLF4J makes the only one. */
public final class RecordedLog implements SLF4JServiceProvider, ILoggerFactory {
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter contexts = new NOPMDCAdapter();
    private volatile @Nullable List<String> lines;

    /** For SLF4J alone. */
    public RecordedLog() {}

    /** What is tried meanwhile. */
    interface Trial {
        void run() throws Exception;
    }

    /** What the store logs while something is tried, from level INFO on: {@code WARN what it says}. */
    static List<String> during(Trial trial) throws Exception {
        RecordedLog log = (RecordedLog) LoggerFactory.getILoggerFactory();
        List<String> kept = new CopyOnWriteArrayList<>();
        log.lines = kept;
        try {
            trial.run();
        } finally {
            log.lines = null;
        }
        return kept;
    }

    private final class Recorder extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;

        private Recorder(String name) {
            this.name = name;
        }

        private boolean isKept() {
            return lines != null && name.startsWith("org.s3ds.");
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return isKept();
        }

        @Override
        public boolean isWarnEnabled() {
            return isKept();
        }

        @Override
        public boolean isErrorEnabled() {
            return isKept();
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                @Nullable String message,
                Object @Nullable [] arguments,
                @Nullable Throwable failure) {
            List<String> now = lines;
            if (now != null) {
                now.add(level + " " + MessageFormatter.basicArrayFormat(message, arguments));
            }
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }
    }

    @Override
    public Logger getLogger(String name) {
        return new Recorder(name);
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return this;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return contexts;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}
}
