package org.s3ds.levelds;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.iq80.leveldb.env.Env;
import org.iq80.leveldb.env.SequentialFile;
import org.iq80.leveldb.impl.LogMonitor;
import org.iq80.leveldb.impl.LogReader;
import org.s3ds.datastore.DatastoreException;

/**
 * Looks at a LevelDB folder before the library opens it, for damage that the library passes over in silence: without
 * CURRENT it makes a new, empty store in place of what is there, and what it cannot read of a log it leaves out and
 * deletes.
 */
record FolderCheck(Path folder, Env files) {
    private static final String CURRENT = "CURRENT";
    private static final String STORE_FILES = "{MANIFEST-*,*.ldb,*.sst,*.log}";

    /** How many bytes at the end of a log are zero when it was cut off by a power failure. */
    private static final int TAIL = 8;

    /** Refuses a folder of which something would be lost. */
    void check() throws IOException {
        Path current = folder.resolve(CURRENT);
        if (Files.exists(current)) {
            requireReadable(current);
        } else if (!names(STORE_FILES).isEmpty()) {
            throw new DatastoreException("the file CURRENT is missing, and there are others of a store: "
                    + names(STORE_FILES).getFirst().getFileName());
        }
        for (Path log : names("*.log")) {
            checkLog(log);
        }
    }

    private static void requireReadable(Path file) throws DatastoreException {
        if (!Files.isReadable(file)) {
            throw new DatastoreException(file.getFileName() + " cannot be read by this user");
        }
    }

    private List<Path> names(String pattern) throws IOException {
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            found.forEach(names::add);
        }
        Collections.sort(names);
        return names;
    }

    /**
     * A log may end in the middle of a write, which nobody was told had succeeded: the file is too short for it, or
     * ends in zeros that were never written over. Any other damage is of writes that had.
     */
    private void checkLog(Path log) throws IOException {
        Damage damage = new Damage();
        boolean goesOn = false;
        try (SequentialFile bytes = files.newSequentialFile(files.toFile(log.toString()))) {
            LogReader reader = new LogReader(bytes, damage, true, 0);
            while (reader.readRecord() != null) {
                goesOn = damage.first.isPresent();
            }
        }
        if (damage.first.isPresent() && (goesOn || !endsInZeros(log))) {
            throw new DatastoreException(log.getFileName() + " is damaged: " + damage.first.get());
        }
    }

    private static boolean endsInZeros(Path log) throws IOException {
        byte[] tail = new byte[TAIL];
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - TAIL));
            int read = file.read(tail);
            for (int i = 0; i < read; i++) {
                if (tail[i] != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Notes the first piece that cannot be read. */
    private static final class Damage implements LogMonitor {
        private Optional<String> first = Optional.empty();

        @Override
        public void corruption(long bytes, String reason) {
            first = first.or(() -> Optional.of(reason));
        }

        @Override
        public void corruption(long bytes, Throwable reason) {
            first = first.or(() -> Optional.of(String.valueOf(reason.getMessage())));
        }
    }
}
