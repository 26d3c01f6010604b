package org.s3ds.datastore.flatfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How many bytes a flatfs folder takes, with the folders' own, kept in {@code diskUsage.cache} as flatfs keeps it.
 *
 * <p>The file goes before the first change and is written again at close: after a kill there is none, and the next one
 * who asks counts anew, instead of believing a number that was right once.
 */
final class DiskUsage {
    private static final Pattern BYTES = Pattern.compile("\"diskUsage\"\\s*:\\s*([0-9]{1,18})\\b");
    private static final Pattern ACCURACY = Pattern.compile("\"accuracy\"\\s*:\\s*\"([a-z-]+)\"");
    private static final String EXACT = "initial-exact";
    private static final long UNKNOWN = -1;

    private final FlatfsFolder folder;

    /** Whether the file says what we would say. */
    private final AtomicBoolean saved;

    /** What puts and deletes have added since the folder was counted, or the file read. */
    private final AtomicLong changed = new AtomicLong();

    /** The bytes without {@link #changed}, or {@link #UNKNOWN}. */
    private volatile long counted;

    /** How exact the number is, in flatfs's words. */
    private volatile String accuracy = EXACT;

    /** Reads the file, if there is a good one. */
    DiskUsage(FlatfsFolder folder) {
        this.folder = folder;
        String text = text(folder.usageFile());
        this.counted = number(text);
        this.saved = new AtomicBoolean(Files.exists(folder.usageFile()));
        Matcher words = ACCURACY.matcher(text);
        if (counted != UNKNOWN && words.find()) {
            this.accuracy = words.group(1);
        }
    }

    /** Counts every file if nobody did: seconds for a million of them. */
    long bytes() throws IOException {
        if (counted == UNKNOWN) {
            long before = changed.get();
            counted = count() - before;
            accuracy = EXACT;
        }
        return Math.max(0, counted + changed.get());
    }

    /** Before a change: whoever finds the folder as it is after a kill must not believe the file. */
    void begin() throws IOException {
        if (saved.compareAndSet(true, false)) {
            Files.deleteIfExists(folder.usageFile());
        }
    }

    /** Adds what a change changed. */
    void add(long bytes) {
        changed.addAndGet(bytes);
    }

    /** Writes the file with a number that is known, unless it says it already. */
    void save(DataFiles files) throws IOException {
        if (saved.get() || counted == UNKNOWN) {
            return;
        }
        String text = "{\"diskUsage\":" + bytes() + ",\"accuracy\":\"" + accuracy + "\"}\n";
        Path written = folder.temporary().resolve("diskUsage");
        files.writeDurably(written, text);
        Files.move(written, folder.usageFile(), StandardCopyOption.ATOMIC_MOVE);
        saved.set(true);
    }

    /** Nothing when it cannot be read: then the files are counted. */
    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    /** Zero counts as unknown, as in flatfs: an empty folder takes more. */
    private static long number(String text) {
        Matcher found = BYTES.matcher(text);
        long bytes = found.find() ? Long.parseLong(found.group(1)) : 0;
        return bytes > 0 ? bytes : UNKNOWN;
    }

    private long count() throws IOException {
        try (Stream<Path> files = Files.walk(folder.path())) {
            return files.filter(file -> !file.equals(folder.usageFile()))
                    .mapToLong(DiskUsage::size)
                    .sum();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0; // deleted since it was listed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
