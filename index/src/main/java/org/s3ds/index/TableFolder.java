package org.s3ds.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.KeyTable;

/** The folder of a table: RocksDB's files in {@code db}, and the {@link Mark} beside them. */
record TableFolder(Path path) {
    private static final int MOST_LOGS = 16;
    private static final long LONG_LOGS = 1 << 20;

    /** Opens the table, or makes it; a damaged one is made anew, and has lost what was in it. */
    KeyTable open() throws IOException {
        Files.createDirectories(
                path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Mark mark = Mark.open(path.resolve("changes"));
        return new RocksKeyTable(this, mark, openEngine(mark));
    }

    private Engine openEngine(Mark mark) throws IOException {
        if (!mark.isDamaged()) {
            try {
                return Engine.open(database());
            } catch (RocksDBException e) {
                requireDamage(e);
                mark.setDamaged();
            }
        }
        clear();
        try {
            return Engine.open(database());
        } catch (RocksDBException e) {
            throw new TableFailure(path, e).opening();
        }
    }

    private void requireDamage(RocksDBException e) throws DatastoreException {
        TableFailure failure = new TableFailure(path, e);
        if (!failure.isDamageAtOpening()) {
            throw failure.opening();
        }
    }

    private void clear() throws IOException {
        for (Path file : files().reversed()) {
            Files.deleteIfExists(file);
        }
    }

    /** Whether the logs would make the next start slow: it reads them, and adds another. */
    boolean hasLongLogs() throws IOException {
        List<Path> logs = files().stream()
                .filter(file -> file.toString().endsWith(".log"))
                .toList();
        return logs.size() > MOST_LOGS || size(logs) > LONG_LOGS;
    }

    /** The bytes of all files. */
    long size() throws IOException {
        return size(files());
    }

    private static long size(List<Path> files) throws IOException {
        long sum = 0;
        for (Path file : files) {
            try {
                sum += Files.size(file);
            } catch (NoSuchFileException e) {
                // replaced by another meanwhile
            }
        }
        return sum;
    }

    /** Of the database, folders before what is in them. */
    private List<Path> files() throws IOException {
        if (!Files.exists(database())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(database())) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }

    private Path database() {
        return path.resolve("db");
    }
}
