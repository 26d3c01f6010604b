package org.s3ds.node.gc;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** A file that is written once from front to back, then read anywhere, and removed when it is closed. */
final class RunFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private long length;

    /** Makes the file; there must be none of its name. */
    RunFile(Path path) throws IOException {
        this.path = path;
        try {
            this.channel = FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failure("make", e);
        }
    }

    /** Writes bytes behind what was written before. */
    void append(byte[] bytes, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
        try {
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (IOException e) {
            throw failure("write", e);
        }
        this.length += length;
    }

    /** How many bytes were written. */
    long length() {
        return length;
    }

    /**
     * Reads a page.
     *
     * @param checksum what {@link #checksum} gave when it was written
     * @throws IOException also when the bytes are others than were written
     */
    void read(long offset, byte[] target, int length, int checksum) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(target, 0, length);
        try {
            while (rest.hasRemaining()) {
                if (channel.read(rest, offset + rest.position()) < 0) {
                    throw new EOFException("it is shorter than it was");
                }
            }
        } catch (IOException e) {
            throw failure("read", e);
        }
        if (checksum(target, length) != checksum) {
            throw failure("read", new IOException("its bytes are not those that were written"));
        }
    }

    static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }

    private IOException failure(String what, IOException cause) {
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new IOException("cannot " + what + " " + path + ": " + reason, cause);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(path);
        }
    }
}
