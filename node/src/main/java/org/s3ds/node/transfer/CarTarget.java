package org.s3ds.node.transfer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.s3ds.datastore.Key;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.car.CarWriter;

/**
 * A CAR of version 1 that is being written, under another name until it is whole. Blocks stand in it in the sequence in
 * which they come, under the CIDs that they come with.
 */
public final class CarTarget extends Target implements AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final Path file;
    private final Path unfinished;
    private final FileChannel channel;
    private final OutputStream out;
    private final CarWriter writer;

    /** Guards the file: blocks stand in it one behind the other. */
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Begins a file.
     *
     * @param file must not be there; beside it {@code <name>.unfinished} is written, in place of one that was left
     * @param roots the tops of the DAGs that will be in it; may be none
     */
    public CarTarget(Path file, List<Cid> roots) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        this.file = file.toAbsolutePath();
        this.unfinished = this.file.resolveSibling(file.getFileName() + ".unfinished");
        this.channel = FileChannel.open(
                unfinished, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        this.writer = new CarWriter(out, roots);
    }

    @Override
    void put(Key key, Block block) throws IOException {
        lock.lock();
        try {
            writer.write(block);
        } catch (IOException e) {
            throw named(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    void sync() throws IOException {
        try {
            out.flush();
            channel.force(true);
        } catch (IOException e) {
            throw named(e);
        }
    }

    private IOException named(IOException e) {
        return new IOException("cannot write " + unfinished + ": " + e.getMessage(), e);
    }

    /** Ends the file, which gets its name. */
    public void finish() throws IOException {
        sync();
        channel.close();
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** What is not finished goes. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(unfinished);
    }
}
