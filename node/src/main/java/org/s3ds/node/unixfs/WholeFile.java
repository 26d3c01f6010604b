package org.s3ds.node.unixfs;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Writes a file that appears under its name once it is whole, and of which nothing is left otherwise. Until then it has
 * another name in the same folder; failures name the file, as the user knows it.
 */
public final class WholeFile {
    private WholeFile() {}

    /** Writes what is in a file. */
    @FunctionalInterface
    public interface Content {
        /** Its failures to read are its own; a failure to write names the file. */
        void copyTo(OutputStream out) throws IOException;
    }

    /** What is done to a file that is whole, before it gets its name. */
    @FunctionalInterface
    public interface Finish {
        /** May change the file's attributes, and what has its name. */
        void run(Path whole) throws IOException;
    }

    /** Writes a file, in place of one that is there. */
    public static void write(Path file, Content content, Finish finish) throws IOException {
        // its owner's umask decides who may read it, as for any new file
        Path whole = file.resolveSibling(".s3ds-get-" + UUID.randomUUID());
        try {
            try (OutputStream out = new NamedOutputStream(open(whole, file), file)) {
                content.copyTo(out);
            }
            finish.run(whole);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private static OutputStream open(Path whole, Path file) throws IOException {
        try {
            return Files.newOutputStream(whole, CREATE_NEW, WRITE);
        } catch (NoSuchFileException e) {
            NoSuchFileException named = new NoSuchFileException(file.toString());
            named.initCause(e);
            throw named;
        } catch (AccessDeniedException e) {
            AccessDeniedException named = new AccessDeniedException(file.toString());
            named.initCause(e);
            throw named;
        } catch (FileSystemException e) {
            throw named(file, String.valueOf(e.getReason()), e);
        }
    }

    private static FileSystemException named(Path file, String reason, IOException cause) {
        FileSystemException named = new FileSystemException(file.toString(), null, reason);
        named.initCause(cause);
        return named;
    }

    /** Says in its failures which file could not be written: Java says but why. */
    private static final class NamedOutputStream extends OutputStream {
        private final OutputStream out;
        private final Path file;

        NamedOutputStream(OutputStream out, Path file) {
            this.out = out;
            this.file = file;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                throw named(file, String.valueOf(e.getMessage()), e);
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
