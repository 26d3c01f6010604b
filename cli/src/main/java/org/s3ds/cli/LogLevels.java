package org.s3ds.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.event.Level;

/** How much each part of a running program logs: its levels, in Kubo's names. For any number of threads. */
final class LogLevels {
    private static final String OURS = "org.s3ds.";

    /** As many parts as somebody may set a level for: they need not exist. */
    private static final int MOST = 1000;

    private static final Map<String, Level> KNOWN = Map.of(
            "debug", Level.DEBUG,
            "info", Level.INFO,
            "warn", Level.WARN,
            "error", Level.ERROR,
            "dpanic", Level.ERROR,
            "panic", Level.ERROR,
            "fatal", Level.ERROR);

    private volatile String usual;
    private final Map<String, String> own = new ConcurrentHashMap<>();

    /** The same level for all. */
    LogLevels(String usual) {
        this.usual = usual;
    }

    /** The part of the program that a logger belongs to, such as {@code s3} or {@code node/gc}. */
    static String part(String logger) {
        int end = logger.lastIndexOf('.');
        return logger.startsWith(OURS) && end > OURS.length()
                ? logger.substring(OURS.length(), end).replace('.', '/')
                : logger;
    }

    /** Whether a name stands for all parts. */
    private static boolean isAll(String part) {
        return part.equals("all") || part.equals("*");
    }

    /**
     * Sets the level of a part, or of all.
     *
     * @throws IOException when there is no such level
     */
    void set(String part, String level) throws IOException {
        String name = level.toLowerCase(Locale.ROOT);
        if (!KNOWN.containsKey(name)) {
            throw new IOException("unrecognized level: \"" + level + "\"");
        }
        if (isAll(part)) {
            own.clear();
            usual = name;
        } else if (own.size() < MOST || own.containsKey(part)) {
            own.put(part, name);
        } else {
            throw new IOException("no level of its own for " + part + ": " + MOST + " parts have one already");
        }
    }

    /**
     * The levels of one part; of all of those given.
     *
     * @param part its name; {@code all}, or the empty text for what those have that have none of their own
     */
    Map<String, String> of(String part, Iterable<String> parts) {
        Map<String, String> levels = new TreeMap<>();
        if (isAll(part)) {
            levels.put("(default)", usual);
            parts.forEach(each -> levels.put(each, own.getOrDefault(each, usual)));
            levels.putAll(own);
        } else {
            levels.put(part, part.isEmpty() ? usual : own.getOrDefault(part, usual));
        }
        return levels;
    }

    /** Whether something that a logger says is to be shown. */
    boolean shows(String logger, Level level) {
        String name = own.getOrDefault(part(logger), usual);
        return level.toInt() >= KNOWN.getOrDefault(name, Level.WARN).toInt();
    }
}
