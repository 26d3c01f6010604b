package org.s3ds.levelds;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder in the system's place for temporary files that stands in for a LevelDB folder which must not be touched: the
 * library cannot open one without writing a manifest, a log and a table. Tables, which no one changes once they are
 * written, are links; the small files are copies. Gone when closed.
 */
record ReadingFolder(Path path) implements AutoCloseable {
    private static final String TABLES = "*.{ldb,sst}";
    private static final String OTHERS = "{CURRENT,MANIFEST-*,*.log}";

    /** Of a folder that nobody writes to: its reader holds {@code repo.lock}. */
    static ReadingFolder of(Path original) throws IOException {
        ReadingFolder folder = new ReadingFolder(Files.createTempDirectory("s3ds-levelds-"));
        try {
            folder.fill(original.toRealPath());
            return folder;
        } catch (IOException e) {
            try {
                folder.close();
            } catch (IOException more) {
                e.addSuppressed(more);
            }
            throw e;
        }
    }

    private void fill(Path original) throws IOException {
        try (DirectoryStream<Path> tables = Files.newDirectoryStream(original, TABLES);
                DirectoryStream<Path> others = Files.newDirectoryStream(original, OTHERS)) {
            for (Path table : tables) {
                Files.createSymbolicLink(path.resolve(table.getFileName()), table);
            }
            for (Path other : others) {
                Files.copy(other, path.resolve(other.getFileName()));
            }
        }
    }

    /** Later calls do nothing. */
    @Override
    public void close() throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(path);
    }
}
