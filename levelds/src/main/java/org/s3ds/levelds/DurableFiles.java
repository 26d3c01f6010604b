package org.s3ds.levelds;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.iq80.leveldb.Logger;
import org.iq80.leveldb.env.DbLock;
import org.iq80.leveldb.env.Env;
import org.iq80.leveldb.env.File;
import org.iq80.leveldb.env.RandomInputFile;
import org.iq80.leveldb.env.SequentialFile;
import org.iq80.leveldb.env.WritableFile;
import org.iq80.leveldb.fileenv.EnvImpl;
import org.iq80.leveldb.fileenv.MmapLimiter;
import org.iq80.leveldb.util.Slice;

/**
 * The files of a LevelDB folder, with writing done over. The library's own writers lose what they should not: the
 * mapped one goes on to the next page without forcing the last, the other one ignores a short write, and an interrupted
 * thread closes its channel for everyone. Streams do none of that. Nothing is mapped into memory, which also spares
 * {@code sun.misc.Unsafe}.
 */
final class DurableFiles implements Env {
    private final Env files = EnvImpl.createEnv(MmapLimiter.newLimiter(0));

    /** In place of any file of the name, which is not written over: in a {@link ReadingFolder} it may be a link. */
    @Override
    public WritableFile newWritableFile(File file) throws IOException {
        Files.deleteIfExists(Path.of(file.getPath()));
        return new DurableFile(new FileOutputStream(file.getPath()));
    }

    @Override
    public WritableFile newAppendableFile(File file) throws IOException {
        return new DurableFile(new FileOutputStream(file.getPath(), true));
    }

    /**
     * Unbuffered: what was appended survives the process, what was forced survives the machine. After an append that
     * failed, which may have left a piece of itself, nothing is appended any more: behind it nobody would look.
     */
    private static final class DurableFile implements WritableFile {
        private final FileOutputStream stream;
        private boolean failed;

        DurableFile(FileOutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void append(Slice data) throws IOException {
            if (failed) {
                throw new IOException("a write before this one failed; open the store again");
            }
            failed = true;
            stream.write(data.getRawArray(), data.getRawOffset(), data.length());
            failed = false;
        }

        @Override
        public void force() throws IOException {
            stream.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    @Override
    public long nowMicros() {
        return files.nowMicros();
    }

    @Override
    public File toFile(String name) {
        return files.toFile(name);
    }

    @Override
    public File createTempDir(String prefix) {
        return files.createTempDir(prefix);
    }

    @Override
    public SequentialFile newSequentialFile(File file) throws IOException {
        return files.newSequentialFile(file);
    }

    @Override
    public RandomInputFile newRandomAccessFile(File file) throws IOException {
        return files.newRandomAccessFile(file);
    }

    @Override
    public void writeStringToFileSync(File file, String content) throws IOException {
        files.writeStringToFileSync(file, content);
    }

    @Override
    public String readFileToString(File file) throws IOException {
        return files.readFileToString(file);
    }

    @Override
    public Logger newLogger(File file) throws IOException {
        return files.newLogger(file);
    }

    @Override
    public DbLock tryLock(File file) throws IOException {
        return files.tryLock(file);
    }
}
