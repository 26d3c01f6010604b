package org.s3ds.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;

/** Toxiproxy in front of a server: passes connections on, and spoils them as it is told. */
final class Toxiproxy implements AutoCloseable {
    private static final String PROXY = "/proxies/s3";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final URI api;
    private final int port;

    /**
     * Starts it.
     *
     * @param program the file that {@code .ci/run} says
     * @param server what it stands in front of
     */
    Toxiproxy(String program, URI server) throws Exception {
        int apiPort = unusedPort();
        this.port = unusedPort();
        this.api = URI.create("http://127.0.0.1:" + apiPort);
        this.process = new ProcessBuilder(program, "-host", "127.0.0.1", "-port", String.valueOf(apiPort))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        awaitReady();
        send(
                "POST",
                "/proxies",
                "{\"name\":\"s3\",\"listen\":\"127.0.0.1:%d\",\"upstream\":\"%s:%d\",\"enabled\":true}"
                        .formatted(port, server.getHost(), server.getPort()));
    }

    private void awaitReady() throws Exception {
        boolean ended = false;
        while (!ended) {
            try {
                send("GET", "/version", "");
                return;
            } catch (ConnectException e) {
                ended = process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
        throw new IOException("toxiproxy ended with " + process.exitValue());
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** Spoils what the server sends, from now on. */
    void spoil(String type, String attributes) throws Exception {
        send(
                "POST",
                PROXY + "/toxics",
                "{\"name\":\"it\",\"type\":\"%s\",\"stream\":\"downstream\",\"attributes\":{%s}}"
                        .formatted(type, attributes));
    }

    /** Takes no connections, and ends those that there are. */
    void disable() throws Exception {
        send("POST", PROXY, "{\"enabled\":false}");
    }

    /** Passes everything on as it is. */
    void heal() throws Exception {
        send("POST", "/reset", "");
    }

    private void send(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(api.resolve(path))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    @Override
    public void close() {
        process.destroy();
        client.close();
    }

    static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
