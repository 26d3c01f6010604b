package org.s3ds.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What comes back on a connection. When it breaks, it is said why: most often a file that was sent could not be read.
 */
final class AnswerStream extends InputStream {
    private final Connection connection;
    private final Optional<Upload> upload;
    private final String address;

    AnswerStream(Connection connection, Optional<Upload> upload, String address) {
        this.connection = connection;
        this.upload = upload;
        this.address = address;
    }

    /** Sends the head of the request. */
    void send(byte[] head) throws IOException {
        try {
            connection.out().write(head);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        try {
            int n = connection.in().read(to, offset, length);
            if (n < 0 && upload.flatMap(Upload::failure).isPresent()) {
                throw upload.flatMap(Upload::failure).get();
            }
            return n;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private IOException broken(IOException e) {
        return upload.flatMap(Upload::failure)
                .orElseGet(() -> new IOException("the daemon at " + address + " broke off: " + e.getMessage(), e));
    }

    @Override
    public void close() throws IOException {
        connection.socket().close();
    }
}
