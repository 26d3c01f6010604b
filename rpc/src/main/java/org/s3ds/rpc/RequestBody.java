package org.s3ds.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** A request's body, which knows when it was read to its end. */
final class RequestBody extends InputStream {
    /** Some more than what lies in the buffers of two kernels. */
    private static final int MAX_SKIPPED = 16 << 20;

    private final Request request;
    private final InputStream in;
    private final long length;
    private final AtomicBoolean over;
    private long read;

    RequestBody(Request request) {
        this.request = request;
        HttpFields headers = request.getHeaders();
        this.in = Request.asInputStream(request);
        this.length = headers.getLongField(HttpHeader.CONTENT_LENGTH);
        this.over = new AtomicBoolean(length <= 0 && !headers.contains(HttpHeader.TRANSFER_ENCODING));
    }

    /** Whether nothing more comes. Another thread may ask. */
    boolean isOver() {
        return over.get();
    }

    /** How many bytes were read. */
    long count() {
        return read;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int most) throws IOException {
        int n;
        try {
            n = in.read(to, offset, most);
        } catch (IOException e) {
            throw new IOException("the request was not sent to its end", e);
        }
        read += Math.max(n, 0);
        if (n < 0 || read == length) {
            over.set(true);
        }
        return n;
    }

    /**
     * Reads on, so that a client which is still sending sees the answer and no broken connection; but not for long,
     * since the answer says that the connection is closed.
     *
     * @param patience between two bytes
     */
    void skip(Duration patience) {
        if (isOver()) {
            return;
        }
        request.getConnectionMetaData().getConnection().getEndPoint().setIdleTimeout(patience.toMillis());
        byte[] rest = new byte[16 << 10];
        try {
            for (int skipped = 0; !isOver() && skipped < MAX_SKIPPED; ) {
                skipped += Math.max(read(rest, 0, rest.length), 0);
            }
        } catch (IOException _) {
            // then nobody is sending
        }
    }
}
