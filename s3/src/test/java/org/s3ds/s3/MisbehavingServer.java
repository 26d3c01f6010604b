package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An S3 server on raw connections, for faults that no real server shows on demand. A {@link Misbehaviour} answers each
 * request as it likes; {@link Exchange#right} is what it should have said.
 */
final class MisbehavingServer implements AutoCloseable {
    private static final int PAUSE_IN_MILLISECONDS = 50;

    /** A request: header names in lower case, the path as it was on the wire. */
    static final class Request {
        private final String method;
        private final String path;
        private final String query;
        private final Map<String, String> headers;
        private final byte[] body;

        private Request(String method, String path, String query, Map<String, String> headers, byte[] body) {
            this.method = method;
            this.path = path;
            this.query = query;
            this.headers = headers;
            this.body = body;
        }

        String method() {
            return method;
        }

        String query() {
            return query;
        }

        Map<String, String> headers() {
            return headers;
        }

        byte[] body() {
            return body;
        }

        /** The name in the bucket; empty when the bucket itself is meant. */
        String objectName() {
            String[] parts = path.split("/", 3);
            return parts.length < 3 ? "" : URLDecoder.decode(parts[2], UTF_8);
        }

        boolean isListing() {
            return method.equals("GET") && objectName().isEmpty();
        }
    }

    /** An answer. */
    static final class Reply {
        private final int status;
        private final Map<String, String> headers;
        private final byte[] body;
        private final String id;

        Reply(int status, Map<String, String> headers, byte[] body) {
            this(status, headers, body, "x-amz-request-id: REQ1\r\n");
        }

        private Reply(int status, Map<String, String> headers, byte[] body, String id) {
            this.id = id;
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        static Reply xml(String body) {
            return new Reply(200, Map.of("Content-Type", "application/xml"), body.getBytes(UTF_8));
        }

        static Reply error(int status, String code) {
            return error(status, code, "");
        }

        static Reply error(int status, String code, String more) {
            String text = "<Error><Code>" + code + "</Code><Message>as told</Message>" + more + "</Error>";
            return new Reply(status, Map.of("Content-Type", "application/xml"), text.getBytes(UTF_8));
        }

        static Reply html(int status) {
            String text = "<!DOCTYPE html><html><body>Welcome! Please log in.</body></html>";
            return ofNoServer(status, Map.of("Content-Type", "text/html"), text.getBytes(UTF_8));
        }

        /** Of somebody on the way, who gives requests no id. */
        static Reply ofNoServer(int status, Map<String, String> headers, byte[] body) {
            return new Reply(status, headers, body, "");
        }

        /** With a header more, or another. */
        Reply with(String name, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body, id);
        }

        /** Said at some time. */
        Reply at(Instant time) {
            return with("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC)));
        }

        /** With its body as a proxy compresses it, if there is one. */
        Reply zipped() throws IOException {
            if (body.length == 0) {
                return this;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
                zip.write(body);
            }
            return new Reply(status, headers, bytes.toByteArray()).with("Content-Encoding", "gzip");
        }

        byte[] body() {
            return body;
        }

        /** Up to the body, whose length is said to be this. */
        private byte[] head(int length) {
            StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " As told\r\n");
            headers.forEach((name, value) ->
                    text.append(name).append(": ").append(value).append("\r\n"));
            if (status != 204) {
                text.append("Content-Length: ").append(length).append("\r\n");
            }
            return text.append(id).append("\r\n").toString().getBytes(ISO_8859_1);
        }
    }

    /** What is done with a request. */
    interface Misbehaviour {
        void answer(Exchange exchange) throws IOException;
    }

    /** A request and the connection that it came on. */
    final class Exchange {
        private final Request request;
        private final Socket connection;
        private final int number;

        private Exchange(Request request, Socket connection, int number) {
            this.request = request;
            this.connection = connection;
            this.number = number;
        }

        Request request() {
            return request;
        }

        /** Which request it is to this server, from 1. */
        int number() {
            return number;
        }

        /** What the server has. */
        MemoryBucket bucket() {
            return bucket;
        }

        /** Carries the request out, and gives the answer to it. */
        Reply right() {
            return bucket.answer(request);
        }

        void send(Reply reply) throws IOException {
            send(reply, reply.body.length, reply.body);
        }

        /** Sends an answer whose body is said to be of one length and is of another. */
        void send(Reply reply, int length, byte[] body) throws IOException {
            boolean bodiless = request.method.equals("HEAD") || reply.status == 204;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(reply.head(length));
            if (!bodiless) {
                bytes.write(body);
            }
            connection.getOutputStream().write(bytes.toByteArray());
            connection.getOutputStream().flush();
        }

        /** Sends no more of an answer than this part of its head, and ends the connection. */
        void sendHead(String part) throws IOException {
            connection.getOutputStream().write(part.getBytes(ISO_8859_1));
            connection.close();
        }

        /** Sends an answer a byte at a time, with a pause after each, until the client goes. */
        void drip(Reply reply) throws IOException {
            OutputStream out = connection.getOutputStream();
            connection.setSoTimeout(PAUSE_IN_MILLISECONDS);
            for (byte one : reply.head(reply.body.length)) {
                out.write(one);
                out.flush();
                if (hasGone()) {
                    return;
                }
            }
            waitForTheEnd();
        }

        private boolean hasGone() throws IOException {
            try {
                return connection.getInputStream().read() < 0;
            } catch (SocketTimeoutException e) {
                return false;
            }
        }

        /** Answers nothing until the client goes. */
        void waitForTheEnd() throws IOException {
            connection.setSoTimeout(0);
            while (connection.getInputStream().read() >= 0) {
                // whatever it may still say
            }
        }

        /** Ends the connection as a crashed server does. */
        void reset() throws IOException {
            connection.setSoLinger(true, 0);
            connection.close();
        }

        void close() throws IOException {
            connection.close();
        }
    }

    private final MemoryBucket bucket;
    private volatile Misbehaviour misbehaviour;
    private final ServerSocket listener;
    private final String scheme;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final boolean isRecorded;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();

    MisbehavingServer(Misbehaviour misbehaviour) throws IOException {
        this(misbehaviour, ServerSocketFactory.getDefault(), "http");
    }

    /** One that forgets its requests, however many come, with ten names to a listing's page. */
    static MisbehavingServer forgetful(Misbehaviour misbehaviour) throws IOException {
        return new MisbehavingServer(misbehaviour, ServerSocketFactory.getDefault(), "http", 10, false);
    }

    /** On sockets of a kind. */
    MisbehavingServer(Misbehaviour misbehaviour, ServerSocketFactory sockets, String scheme) throws IOException {
        this(misbehaviour, sockets, scheme, MemoryBucket.SMALL_PAGE, true);
    }

    private MisbehavingServer(
            Misbehaviour misbehaviour, ServerSocketFactory sockets, String scheme, int page, boolean isRecorded)
            throws IOException {
        this.bucket = new MemoryBucket(page);
        this.isRecorded = isRecorded;
        this.misbehaviour = misbehaviour;
        this.listener = sockets.createServerSocket(0, 512, InetAddress.getLoopbackAddress());
        this.scheme = scheme;
        Thread.ofVirtual().start(this::accept);
    }

    MemoryBucket bucket() {
        return bucket;
    }

    /** All requests that came, in order. */
    List<Request> requests() {
        return requests;
    }

    /** How many connections are open. */
    int open() {
        return connections.size();
    }

    /** How many connections were made to it. */
    int opened() {
        return opened.get();
    }

    /** Answers from now on in another way. */
    void behave(Misbehaviour other) {
        misbehaviour = other;
    }

    /** Returns when all connections have ended. */
    void awaitNoConnections() throws InterruptedException {
        synchronized (connections) {
            while (!connections.isEmpty()) {
                connections.wait();
            }
        }
    }

    String endpoint() {
        return scheme + "://127.0.0.1:" + listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                opened.incrementAndGet();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException e) {
            // closed: no more come
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            for (Request request = read(in); request != null; request = read(in)) {
                if (isRecorded) {
                    requests.add(request);
                }
                misbehaviour.answer(new Exchange(request, connection, asked.incrementAndGet()));
            }
        } catch (IOException e) {
            // one side ended it
        } finally {
            synchronized (connections) {
                connections.remove(connection);
                connections.notifyAll();
            }
        }
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return null;
        }
        String[] parts = first.split(" ", -1);
        String[] target = parts[1].split("\\?", 2);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] header = line.split(":", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1].strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(parts[0], target[0], target.length > 1 ? target[1] : "", headers, in.readNBytes(length));
    }

    private static String line(InputStream in) throws IOException {
        byte[] line = new byte[16_384];
        int length = 0;
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line[length++] = (byte) next;
        }
        return new String(Arrays.copyOf(line, length), UTF_8).strip();
    }
}
