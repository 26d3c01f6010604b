package org.s3ds.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request's body, which knows when it was read to its end. */
final class RequestBody extends InputStream {
    /** Some more than what lies in the buffers of two kernels. */
    private static final int MAX_SKIPPED = 16 << 20;

    private final Request request;
    private final Semaphore come = new Semaphore(0);

    /** Guards all below, and that only one thread asks Jetty. It is held while more is waited for. */
    private final ReentrantLock lock = new ReentrantLock();

    private Content.Chunk chunk = Content.Chunk.EMPTY;
    private boolean begun;
    private boolean over;
    /** Jetty was asked for more, and nobody waits for it any more. */
    private boolean abandoned;

    private long count;

    RequestBody(Request request) {
        this.request = request;
        HttpFields headers = request.getHeaders();
        this.over =
                headers.getLongField(HttpHeader.CONTENT_LENGTH) <= 0 && !headers.contains(HttpHeader.TRANSFER_ENCODING);
    }

    /** Whether nothing more comes, as far as is known now. Another thread may ask. */
    boolean isOver() {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            // a body that nobody wanted is not asked for here: its client may wait for a leave to send it
            return over || (begun && advance() && over);
        } catch (IOException _) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes were read. */
    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int most) throws IOException {
        lock.lock();
        try {
            begun = true;
            while (!advance()) {
                await();
            }
            int n = over ? -1 : chunk.get(to, offset, most);
            count += Math.max(n, 0);
            return n;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is known what is next: bytes of the chunk at hand, or the end. */
    private boolean advance() throws IOException {
        if (abandoned) {
            throw new IOException("the request is not read any more");
        }
        while (!over && !chunk.hasRemaining()) {
            Content.@Nullable Chunk next = request.read();
            if (next == null) {
                return false;
            }
            if (Content.Chunk.isFailure(next)) {
                throw new IOException("the request was not sent to its end", next.getFailure());
            }
            chunk.release();
            chunk = next;
            over = next.isLast() && !next.hasRemaining();
        }
        return true;
    }

    private void await() throws IOException {
        request.demand(come::release);
        try {
            come.acquire();
        } catch (InterruptedException _) {
            abandoned = true;
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the request came");
        }
    }

    /**
     * Reads on, so that a client which is still sending sees the answer and no broken connection; but not for long,
     * since the answer says that the connection is closed.
     *
     * @param patience between two bytes
     */
    void skip(Duration patience) {
        byte[] rest = new byte[16 << 10];
        try {
            if (!isOver()) {
                request.getConnectionMetaData().getConnection().getEndPoint().setIdleTimeout(patience.toMillis());
            }
            for (int skipped = 0; !isOver() && skipped < MAX_SKIPPED; ) {
                skipped += Math.max(read(rest, 0, rest.length), 0);
            }
        } catch (IOException _) {
            // then nobody is sending
        } finally {
            release();
        }
    }

    private void release() {
        lock.lock();
        try {
            chunk.release();
            chunk = Content.Chunk.EMPTY;
        } finally {
            lock.unlock();
        }
    }
}
