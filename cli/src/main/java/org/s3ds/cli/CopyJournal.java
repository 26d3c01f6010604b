package org.s3ds.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.node.repo.StateFields;
import org.s3ds.node.repo.StateFile;
import org.s3ds.node.transfer.TransferProgress;

/**
 * What is written down of a copy while it is not done: what it is, since when, how far. For people: the copy itself
 * finds out anew what is left. It also keeps a second copy to the same place from starting meanwhile: opening a flatfs
 * folder removes the half-written files that another is about to rename.
 */
final class CopyJournal implements AutoCloseable {
    private static final long VERSION = 1;
    private static final Duration SAVED_EVERY = Duration.ofSeconds(3);

    private final List<String> from;
    private final String to;
    private final InstantSource now;
    private final Path folder;
    private final String name;
    private final FileChannel locked;
    private final Optional<Before> before;
    private final Instant begun;
    private Instant saved;
    private boolean isUseful;

    /** What an earlier run left. */
    record Before(Instant begun, Instant saved, long copied) {}

    private CopyJournal(List<String> from, String to, InstantSource now, Path folder, String name, FileChannel locked)
            throws IOException {
        this.from = from;
        this.to = to;
        this.now = now;
        this.folder = folder;
        this.name = name;
        this.locked = locked;
        this.before = file().read(CopyJournal::before, _ -> {});
        this.isUseful = before.isPresent();
        this.begun = before.map(Before::begun).orElseGet(now::instant);
        this.saved = now.instant();
        write(0, 0, 0, 0);
    }

    /**
     * Begins.
     *
     * @throws IOException when another copy to the same place is running
     */
    static CopyJournal begin(Terminal terminal, List<String> from, String to, InstantSource now) throws IOException {
        Path folder = folder(terminal);
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        String name = name(from, to);
        FileChannel locked = lock(folder.resolve(name(List.of(), to) + ".lock"), to);
        try {
            return new CopyJournal(from, to, now, folder, name, locked);
        } catch (IOException | RuntimeException e) {
            locked.close();
            throw e;
        }
    }

    /** What an earlier run of the same copy left; empty when none did. */
    Optional<Before> before() {
        return before;
    }

    /** A folder for this run alone. */
    Path scratch() {
        return folder.resolve(name + ".known");
    }

    /** Writes down how far it is, now and then. */
    void save(TransferProgress so) throws IOException {
        isUseful |= so.copied().count() > 0;
        if (!now.instant().isBefore(saved.plus(SAVED_EVERY))) {
            saved = now.instant();
            write(
                    so.listed().count(),
                    so.present().count(),
                    so.copied().count(),
                    so.copied().bytes());
        }
    }

    /** It is done: nothing need be known of it any more. */
    void end() throws IOException {
        file().remove();
    }

    @Override
    public void close() throws IOException {
        try (locked) {
            if (!isUseful) {
                end(); // nothing was done that could be gone on with
            }
        }
    }

    private void write(long listed, long present, long copied, long bytes) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", VERSION);
        fields.put("from", from);
        fields.put("to", to);
        fields.put("begun", seconds(begun));
        fields.put("saved", seconds(saved));
        fields.put("listed", listed);
        fields.put("present", present);
        fields.put("copied", copied);
        fields.put("bytes", bytes);
        file().write(fields);
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Before before(StateFields fields) {
        return new Before(
                Instant.parse(fields.text("begun")), Instant.parse(fields.text("saved")), fields.number("copied"));
    }

    private StateFile file() {
        return StateFile.in(folder, name + ".json");
    }

    private static Path folder(Terminal terminal) throws IOException {
        Optional<Path> state = terminal.variable("XDG_STATE_HOME").map(Path::of).filter(Path::isAbsolute);
        Optional<Path> home = terminal.variable("HOME").map(folder -> Path.of(folder, ".local", "state"));
        return state.or(() -> home)
                .orElseThrow(() -> new IOException("nowhere to write down how far the copy is: set HOME"))
                .resolve("s3ds/copy");
    }

    private static String name(List<String> from, String to) {
        try {
            byte[] text = (String.join("\n", from) + "\n\n" + to).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file of the lock stays: who removed it would have to keep others from locking what is removed. */
    private static FileChannel lock(Path file, String to) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean isOurs = false;
        try {
            FileLock lock = channel.tryLock();
            isOurs = lock != null;
        } catch (OverlappingFileLockException _) {
            // by another thread of this process
        } finally {
            if (!isOurs) {
                channel.close();
            }
        }
        if (!isOurs) {
            throw new IOException(
                    "another copy to " + to + " is running (" + file + " is locked): wait until it has ended");
        }
        return channel;
    }
}
