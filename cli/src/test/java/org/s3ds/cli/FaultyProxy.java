package org.s3ds.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Stands before a server of S3, for what that cannot be made to show: refuses requests, breaks them off, or is not
 * there. What it lets pass reaches the server as it was signed.
 */
final class FaultyProxy implements AutoCloseable {
    private static final String LINE_END = "\r\n";
    private static final String BLOCK = ".*/CIQ[A-Z0-9]+";

    private volatile URI server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private ServerSocket listener = new ServerSocket();
    private volatile Fault fault = NONE;

    /** All requests pass. */
    static final Fault NONE = _ -> Optional.empty();

    /** What becomes of a request: nothing bad, or this answer. */
    interface Fault {
        Optional<String> answer(Request request) throws IOException;
    }

    /**
     * A request.
     *
     * @param head its first line and its headers
     */
    record Request(String method, String path, String head) {
        /** Whether it stores a block. */
        boolean putsBlock() {
            return method.equals("PUT") && path.matches(BLOCK);
        }

        /** Whether it reads a block. */
        boolean getsBlock() {
            return method.equals("GET") && path.matches(BLOCK);
        }
    }

    FaultyProxy(URI server) throws IOException {
        this.server = server;
        listen(0);
    }

    /** The answer with which servers refuse. */
    static Optional<String> error(int status, String code) {
        String body = "<Error><Code>%s</Code><Message>as told</Message></Error>".formatted(code);
        return Optional.of(String.join(
                LINE_END,
                "HTTP/1.1 " + status + " As told",
                "Content-Type: application/xml",
                "Content-Length: " + body.length(),
                "x-amz-request-id: REQ1",
                "Connection: close",
                "",
                body));
    }

    /** Refuses to store blocks once so many are stored. */
    static Fault fullAfter(int blocks, int status, String code) {
        AtomicInteger stored = new AtomicInteger();
        return request ->
                request.putsBlock() && stored.incrementAndGet() > blocks ? error(status, code) : Optional.empty();
    }

    /** Refuses to give blocks once so many were given. */
    static Fault unreadableAfter(int blocks, int status, String code) {
        AtomicInteger given = new AtomicInteger();
        return request ->
                request.getsBlock() && given.incrementAndGet() > blocks ? error(status, code) : Optional.empty();
    }

    /** Lets nobody store or delete anything. */
    static Fault readOnly() {
        return request ->
                List.of("GET", "HEAD").contains(request.method()) ? Optional.empty() : error(403, "AccessDenied");
    }

    /** Breaks the connection off, unanswered, where one block of so many is to be stored. */
    static Fault cutEach(int blocks) {
        AtomicInteger asked = new AtomicInteger();
        return request -> {
            if (request.putsBlock() && asked.incrementAndGet() % blocks == 0) {
                throw new IOException("cut");
            }
            return Optional.empty();
        };
    }

    /** Does something when so many blocks are stored; all requests pass. */
    static Fault once(int blocks, Action action) {
        AtomicInteger stored = new AtomicInteger();
        return request -> {
            if (request.putsBlock() && stored.incrementAndGet() == blocks) {
                action.run();
            }
            return Optional.empty();
        };
    }

    /** What is done while a request waits. */
    interface Action {
        void run() throws IOException;
    }

    /** Does this with each request from now on. */
    void behave(Fault next) {
        fault = next;
    }

    /** Stands before another server from now on. */
    void leadTo(URI next) {
        server = next;
    }

    /** Is not there from now on: open connections are reset, new ones refused. */
    void stop() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.setSoLinger(true, 0);
            connection.close();
        }
    }

    /** Is there again, at the same address. */
    void start() throws IOException {
        listen(listener.getLocalPort());
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private void listen(int port) throws IOException {
        ServerSocket next = new ServerSocket();
        next.setReuseAddress(true);
        next.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
        listener = next;
        Thread.ofVirtual().name("faulty-proxy").start(() -> accept(next));
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket connection = from.accept();
                Thread.ofVirtual().name("faulty-proxy-request").start(() -> serve(connection));
            }
        } catch (IOException e) {
            // stopped: no more come
        }
    }

    /** One request, after which the connection ends. */
    private void serve(Socket connection) {
        connections.add(connection);
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            String head = head(in);
            if (head.isEmpty()) {
                return;
            }
            String[] line = head.split(" ", 3);
            if (header(head, "expect").isPresent()) {
                String goOn = String.join(LINE_END, "HTTP/1.1 100 Continue", "", "");
                connection.getOutputStream().write(goOn.getBytes(ISO_8859_1));
            }
            byte[] body = in.readNBytes(
                    Integer.parseInt(header(head, "content-length").orElse("0")));
            Optional<String> answer = fault.answer(new Request(line[0], line[1].replaceFirst("\\?.*", ""), head));
            if (answer.isPresent()) {
                connection.getOutputStream().write(answer.get().getBytes(ISO_8859_1));
            } else {
                pass(head, body, connection);
            }
        } catch (IOException e) {
            // the client sees a connection that ended
        } finally {
            connections.remove(connection);
        }
    }

    private void pass(String head, byte[] body, Socket client) throws IOException {
        try (Socket onward = new Socket(server.getHost(), server.getPort())) {
            String kept = head.lines()
                    .filter(line -> !line.toLowerCase(Locale.ROOT).matches("(connection|expect):.*"))
                    .collect(Collectors.joining(LINE_END));
            String once = String.join(LINE_END, kept, "Connection: close", "", "");
            onward.getOutputStream().write(once.getBytes(ISO_8859_1));
            onward.getOutputStream().write(body);
            onward.getInputStream().transferTo(client.getOutputStream());
        }
    }

    /** Up to the empty line, without it; empty when the connection ended. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String so = "";
        while (!so.endsWith(LINE_END + LINE_END)) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            bytes.write(next);
            so = next == '\n' ? bytes.toString(ISO_8859_1) : "";
        }
        return so.substring(0, so.length() - 2);
    }

    private static Optional<String> header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }
}
