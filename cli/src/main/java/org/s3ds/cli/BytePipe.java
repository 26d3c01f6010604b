package org.s3ds.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that one thread writes and another one reads: who writes waits until all was read. What goes wrong with the
 * reader is thrown to the writer.
 */
final class BytePipe {
    private final ReentrantLock lock = new ReentrantLock();

    /** Of the lock, which guards the fields below. */
    private final Condition changed = lock.newCondition();

    private @Nullable ByteBuffer piece;
    private boolean ended;
    private boolean cut;
    private boolean done;
    private Optional<Exception> failure = Optional.empty();

    /** What is done with the bytes. */
    @FunctionalInterface
    interface Reader {
        /** Reads to the end, or as far as it needs; what is written after that is dropped. */
        void read(InputStream in) throws IOException;
    }

    /** A pipe whose bytes are read by a thread of its own. */
    BytePipe(Reader reader) {
        Thread.ofVirtual().name("s3ds-pipe").start(() -> run(reader));
    }

    private void run(Reader reader) {
        Optional<Exception> failed = Optional.empty();
        try {
            reader.read(new In());
        } catch (IOException | RuntimeException e) {
            failed = Optional.of(e);
        }
        lock.lock();
        try {
            done = true;
            failure = failed;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Where the bytes are written. */
    OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                give(ByteBuffer.wrap(bytes, offset, length));
            }
        };
    }

    private void give(ByteBuffer bytes) throws IOException {
        lock.lock();
        try {
            piece = bytes;
            changed.signalAll();
            while (!done && bytes.hasRemaining()) {
                changed.await();
            }
            piece = null;
            requireNoFailure();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private void requireNoFailure() throws IOException {
        if (failure.isPresent()) {
            throw failure.get() instanceof IOException e
                    ? e
                    : new IOException(Failures.sentence(failure.get()), failure.get());
        }
    }

    /** All bytes are written: waits until the reader has done what it does with them. */
    void end() throws IOException {
        stop(false);
        requireNoFailure();
    }

    /** No more bytes come, though there should be: whoever reads is told, and done when this returns. */
    void cut() {
        stop(true);
    }

    private void stop(boolean early) {
        lock.lock();
        try {
            ended = true;
            cut = early;
            changed.signalAll();
            while (!done) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private final class In extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            lock.lock();
            try {
                while (!ended && (piece == null || !piece.hasRemaining())) {
                    changed.awaitUninterruptibly();
                }
                if (cut) {
                    throw new IOException("no more bytes came");
                }
                ByteBuffer from = piece;
                if (from == null || !from.hasRemaining()) {
                    return -1;
                }
                int count = Math.min(length, from.remaining());
                from.get(bytes, offset, count);
                changed.signalAll();
                return count;
            } finally {
                lock.unlock();
            }
        }
    }
}
