package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;

/** A socket to a server on this machine, and what goes over it as text. */
final class Wire implements AutoCloseable {
    private final Socket socket;

    Wire(RpcServer server) throws IOException {
        this(port(server.addresses().getFirst()));
    }

    Wire(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        // a test that waits longer fails, and does not hang
        socket.setSoTimeout(30_000);
    }

    static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf('/') + 1));
    }

    static RpcOptions options(Map<String, List<String>> headers, Authorizations authorizations) {
        return new RpcOptions(
                List.of("/ip4/127.0.0.1/tcp/0"),
                headers,
                authorizations,
                "kubo/0.42.0",
                Map.of("/healthz", () -> new Page(200, "text/plain", "ok\n")));
    }

    /** The whole answer to one request, without the date. */
    static String ask(RpcServer server, String head, String body) throws IOException {
        try (Wire wire = new Wire(server)) {
            wire.send(head.replace("\n", "\r\n") + "\r\nHost: x\r\nConnection: close\r\n\r\n" + body);
            return wire.rest();
        }
    }

    Wire send(String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(UTF_8));
        return this;
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /** What comes until a text has come. */
    String until(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("no " + text + " in " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /** What comes until the server closes. */
    String rest() throws IOException {
        return undated(new String(socket.getInputStream().readAllBytes(), UTF_8));
    }

    static String undated(String answer) {
        return answer.replaceAll("Date: [^\r]*\r\n", "").replace("\r\n", "\n");
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
