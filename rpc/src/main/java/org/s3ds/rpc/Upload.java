package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.s3ds.node.unixfs.InputNode;

/** Sends files while the answer is read already. */
final class Upload {
    private static final int CHUNK = 64 << 10;

    private final String boundary = boundary();
    private final InputNode.Children files;
    private final Connection connection;
    private final AtomicReference<Optional<IOException>> failure = new AtomicReference<>(Optional.empty());

    Upload(InputNode.Children files, Connection connection) {
        this.files = files;
        this.connection = connection;
    }

    /** Nobody who writes a file can know it. */
    private static String boundary() {
        byte[] random = new byte[30];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** The content type of what is sent. */
    String type() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** Why the files could not be read; empty while they can. */
    Optional<IOException> failure() {
        return failure.get();
    }

    /** Begins to send. It ends by itself, or when the connection is closed. */
    void start() {
        Thread.ofVirtual().name("rpc-upload").start(this::send);
    }

    private void send() {
        Chunked chunks = new Chunked(connection.out());
        try {
            BufferedOutputStream out = new BufferedOutputStream(chunks, CHUNK);
            new FormWriter(out, boundary).write(files);
            out.flush();
            chunks.end();
        } catch (IOException e) {
            if (!chunks.broken) {
                failure.set(Optional.of(e));
                close(connection.socket());
            }
            // a connection that is broken is told of by whoever reads the answer
        }
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // then it is closed already
        }
    }

    /** The chunks of HTTP/1.1. */
    private static final class Chunked extends OutputStream {
        private final OutputStream out;
        private boolean broken;

        Chunked(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                send((Integer.toHexString(length) + "\r\n").getBytes(US_ASCII));
                send(bytes, offset, length);
                send(new byte[] {'\r', '\n'});
            }
        }

        void end() throws IOException {
            send("0\r\n\r\n".getBytes(US_ASCII));
        }

        private void send(byte[] bytes) throws IOException {
            send(bytes, 0, bytes.length);
        }

        private void send(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                broken = true;
                throw e;
            }
        }
    }
}
