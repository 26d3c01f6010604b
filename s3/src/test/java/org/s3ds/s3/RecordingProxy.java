package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that connects nobody: it keeps what it is asked, and refuses. */
final class RecordingProxy implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> lines = new CopyOnWriteArrayList<>();

    RecordingProxy() throws IOException {
        Thread.ofVirtual().name("proxy").start(this::serve);
    }

    private void serve() {
        while (true) {
            try (Socket client = socket.accept()) {
                BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    lines.add(line);
                }
                client.getOutputStream()
                        .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                .getBytes(ISO_8859_1));
            } catch (IOException e) {
                if (socket.isClosed()) {
                    return;
                }
            }
        }
    }

    /** Its address, with a user's name and password before the host, or nothing. */
    String address(String user) {
        return "http://" + user + "127.0.0.1:" + socket.getLocalPort();
    }

    /** The lines of requests and headers that begin so. */
    List<String> lines(String start) {
        return lines.stream().filter(line -> line.startsWith(start)).toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
