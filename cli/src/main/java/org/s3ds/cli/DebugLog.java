package org.s3ds.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
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

    /** Where to show it, and what of it. */
    private record Shown(PrintStream out, Choice choice) {}

    /** What is shown of what is logged. */
    @FunctionalInterface
    private interface Choice {
        boolean shows(String logger, Level level);
    }

    /** Somebody who is told each line that is shown, until this is closed. */
    interface Tail extends AutoCloseable {
        @Override
        void close();
    }

    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter contexts = new NOPMDCAdapter();
    private final Set<Consumer<String>> tails = new CopyOnWriteArraySet<>();
    private volatile @Nullable Shown shown;

    /** For SLF4J alone. */
    public DebugLog() {}

    /**
     * Shows from now on what is logged.
     *
     * @param everything what every library logs, and not only what helps a user
     */
    static void showOn(PrintStream out, boolean everything) {
        show(new Shown(out, (name, level) -> everything || isWarning(level) || isDetail(name, level)));
    }

    /** The same for a program that goes on for long: how much is shown may change. */
    static void showOn(PrintStream out, LogLevels levels) {
        show(new Shown(out, (name, level) -> levels.shows(name, level) && (isWarning(level) || isDetail(name, level))));
    }

    private static void show(Shown shown) {
        if (LoggerFactory.getILoggerFactory() instanceof DebugLog log) {
            log.shown = shown;
        }
    }

    private static boolean isWarning(Level level) {
        return level.toInt() >= Level.WARN.toInt();
    }

    private static boolean isDetail(String name, Level level) {
        return level.toInt() >= Level.DEBUG.toInt() && DETAILED.stream().anyMatch(name::startsWith);
    }

    /** The parts of the program that have logged, or may. */
    static Set<String> parts() {
        Set<String> parts = new TreeSet<>();
        if (LoggerFactory.getILoggerFactory() instanceof DebugLog log) {
            log.loggers.keySet().forEach(name -> parts.add(LogLevels.part(name)));
        }
        return parts;
    }

    /** Tells somebody each line that is shown; he must not take long. */
    static Tail tail(Consumer<String> reader) {
        if (LoggerFactory.getILoggerFactory() instanceof DebugLog log) {
            log.tails.add(reader);
            return () -> log.tails.remove(reader);
        }
        return () -> {};
    }

    /** Whether something that a logger says is shown. */
    boolean shows(String name, Level level) {
        Shown now = shown;
        return now != null && now.choice.shows(name, level);
    }

    /** Writes a line, and below it where a failure came from. */
    void write(String name, Level level, String message, @Nullable Throwable failure) {
        Shown now = shown;
        if (now != null) {
            String line =
                    "%s %-5s %s: %s".formatted(Instant.now().truncatedTo(ChronoUnit.MILLIS), level, name, message);
            String masked =
                    LoggedSecrets.masked(failure == null ? line : line + System.lineSeparator() + trace(failure));
            now.out.println(masked);
            tails.forEach(tail -> tail.accept(masked));
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
