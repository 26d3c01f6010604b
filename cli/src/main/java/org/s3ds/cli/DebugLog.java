package org.s3ds.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Where the store and the libraries below it log: nowhere, until {@code --debug} shows it. SLF4J finds this class by
 * its name in {@code META-INF/services}, makes the only one, and hands it out. Secrets are masked, whoever logs them.
 */
public final class DebugLog implements SLF4JServiceProvider, ILoggerFactory {
    /** Whose details are worth reading. Of all others only warnings are shown. */
    private static final List<String> DETAILED = List.of(
            "org.s3ds.",
            "software.amazon.awssdk.request",
            "software.amazon.awssdk.auth.",
            "org.apache.hc.client5.http.headers");

    /** Where to show it, and whether all of it, down to each byte on the wire. */
    private record Shown(PrintStream out, boolean everything) {}

    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter contexts = new NOPMDCAdapter();
    private volatile @Nullable Shown shown;

    /** For SLF4J alone. */
    public DebugLog() {}

    /**
     * Shows from now on what is logged.
     *
     * @param everything what every library logs, and not only what helps a user
     */
    static void showOn(PrintStream out, boolean everything) {
        if (LoggerFactory.getILoggerFactory() instanceof DebugLog log) {
            log.shown = new Shown(out, everything);
        }
    }

    /** Whether something that a logger says is shown. */
    boolean shows(String name, Level level) {
        Shown now = shown;
        if (now == null) {
            return false;
        }
        boolean isDetailed =
                level.toInt() >= Level.DEBUG.toInt() && DETAILED.stream().anyMatch(name::startsWith);
        return now.everything || isDetailed || level.toInt() >= Level.WARN.toInt();
    }

    /** Writes a line, and below it where a failure came from. */
    void write(String name, Level level, String message, @Nullable Throwable failure) {
        Shown now = shown;
        if (now != null) {
            String line =
                    "%s %-5s %s: %s".formatted(Instant.now().truncatedTo(ChronoUnit.MILLIS), level, name, message);
            now.out.println(
                    LoggedSecrets.masked(failure == null ? line : line + System.lineSeparator() + trace(failure)));
        }
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString().stripTrailing();
    }

    @Override
    public Logger getLogger(String name) {
        return loggers.computeIfAbsent(name, n -> new DebugLogger(n, this));
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
