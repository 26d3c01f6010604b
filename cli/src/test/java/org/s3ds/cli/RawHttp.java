package org.s3ds.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A request on a connection of its own, byte for byte, and all that comes back: trailers, too. */
final class RawHttp {
    private RawHttp() {}

    /**
     * What came back.
     *
     * @param status the number
     * @param headers name and value, in their order
     * @param body without the marks of its chunks
     * @param trailers what came behind the last chunk
     */
    record Answer(
            int status,
            List<Map.Entry<String, String>> headers,
            ByteArrayOutputStream body,
            List<Map.Entry<String, String>> trailers) {
        Answer {
            headers = List.copyOf(headers);
            trailers = List.copyOf(trailers);
        }

        List<String> values(String header) {
            return headers.stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(header))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    /** Sends a request that is written out, and reads until the answer ends. */
    static Answer send(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(request);
            out.flush();
            return read(new BufferedInputStream(socket.getInputStream()));
        }
    }

    private static Answer read(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ", -1)[1]);
        List<Map.Entry<String, String>> headers = fields(in);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean chunked = headers.stream().anyMatch(entry -> entry.getKey().equalsIgnoreCase("Transfer-Encoding"));
        if (!chunked) {
            in.transferTo(body);
            return new Answer(status, headers, body, List.of());
        }
        for (int size = size(in); size > 0; size = size(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        return new Answer(status, headers, body, fields(in));
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static List<Map.Entry<String, String>> fields(InputStream in) throws IOException {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] parts = line.split(": *", 2);
            fields.add(Map.entry(parts[0], parts[1]));
        }
        return fields;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the answer was cut after: " + line);
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
