package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.node.repo.Json;
import org.s3ds.node.unixfs.InputNode;

/** Calls the commands of a daemon, each over a connection of its own. */
public final class RpcClient {
    private static final int MAX_ERROR = 1 << 20;

    private final ApiAddress address;
    private final Optional<String> authorization;

    private RpcClient(ApiAddress address, Optional<String> authorization) {
        this.address = address;
        this.authorization = authorization;
    }

    /**
     * A client of the daemon at an address; nothing is sent yet.
     *
     * @param address {@code /ip4/127.0.0.1/tcp/5001}, {@code /dns/host/tcp/443/https}, {@code /unix/run/s3ds.sock},
     *     {@code http://host:5001} or {@code https://host}
     * @param secret as {@code API.Authorizations} has it: {@code bearer:token}, {@code basic:user:password} or a token
     * @throws IOException when one of the two cannot be meant
     */
    public static RpcClient to(String address, Optional<String> secret) throws IOException {
        Optional<String> header = secret.flatMap(Authorizations::header);
        if (secret.isPresent() && (header.isEmpty() || !header.get().matches("[ -~]*"))) {
            throw new IOException("not a secret for the RPC API: it is like bearer:TOKEN or basic:USER:PASSWORD");
        }
        return new RpcClient(address.matches("https?://.*") ? url(address) : ApiAddress.parse(address), header);
    }

    private static ApiAddress url(String url) throws IOException {
        try {
            URI uri = new URI(url);
            boolean tls = uri.getScheme().equals("https");
            String host = Optional.ofNullable(uri.getHost()).orElse("");
            boolean bare = uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && List.of("", "/").contains(uri.getPath());
            if (!host.isEmpty() && bare) {
                int port = uri.getPort() < 0 ? (tls ? 443 : 80) : uri.getPort();
                return new ApiAddress.Tcp("dns", host, port, tls);
            }
        } catch (java.net.URISyntaxException _) {
            // said below
        }
        throw new IOException("not an address of an RPC API: it is like http://127.0.0.1:5001, without a path");
    }

    /**
     * Calls a command. It returns when the first of the answer is there; files are sent on in the meantime, from a
     * thread of their own, and whoever closes the answer need not wait for their end.
     *
     * @param command its words
     * @param query arguments, named {@code arg}, and options
     * @param files what is sent with it
     * @throws RpcException what the daemon says
     * @throws IOException when there is no daemon, when it breaks off, and when the files cannot be read
     */
    public RpcAnswer call(
            List<String> command, List<Map.Entry<String, String>> query, Optional<InputNode.Children> files)
            throws IOException {
        Connection connection = Connection.open(address);
        Optional<Upload> upload = files.map(children -> new Upload(children, connection));
        AnswerStream in = new AnswerStream(connection, upload, address.toString());
        try {
            in.send(head(command, query, upload));
            upload.ifPresent(Upload::start);
            HttpAnswer answer = new HttpAnswer(new BufferedInputStream(in, 64 << 10));
            if (answer.status() >= 300) {
                throw failure(answer);
            }
            return new RpcAnswer(answer, in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private byte[] head(List<String> command, List<Map.Entry<String, String>> query, Optional<Upload> upload) {
        StringBuilder head = new StringBuilder("POST /api/v0/");
        head.append(String.join("/", command.stream().map(Escapes::escaped).toList()));
        head.append(query.isEmpty() ? "" : "?" + Escapes.query(query))
                .append(" HTTP/1.1\r\nHost: ")
                .append(host());
        head.append("\r\nUser-Agent: s3ds\r\nConnection: close\r\n");
        authorization.ifPresent(
                value -> head.append("Authorization: ").append(value).append("\r\n"));
        head.append(upload.map(body -> "Content-Type: " + body.type() + "\r\nTransfer-Encoding: chunked\r\n")
                .orElse("Content-Length: 0\r\n"));
        return head.append("\r\n").toString().getBytes(UTF_8);
    }

    private String host() {
        return switch (address) {
            case ApiAddress.Unix _ -> "localhost";
            case ApiAddress.Tcp tcp ->
                (tcp.host().contains(":") ? "[" + tcp.host() + "]" : tcp.host()) + ":" + tcp.port();
        };
    }

    private static IOException failure(HttpAnswer answer) throws IOException {
        String type = answer.header("content-type").orElse("");
        if (answer.status() == 404) {
            return new RpcException(RpcException.CLIENT, "Command not found.");
        }
        byte[] body = answer.body().readNBytes(MAX_ERROR);
        if (type.startsWith("application/json") && Json.parse(body, "the daemon's error") instanceof Map<?, ?> error) {
            int code = error.get("Code") instanceof Long number ? number.intValue() : RpcException.NORMAL;
            return new RpcException(code, String.valueOf(error.get("Message")));
        }
        String text = type.startsWith("text/plain") ? new String(body, UTF_8).strip() : "";
        String sentence = text.isEmpty() ? "the daemon answered with the HTTP status " + answer.status() : text;
        return new RpcException(code(answer.status()), sentence);
    }

    private static int code(int status) {
        return switch (status) {
            case 400 -> RpcException.CLIENT;
            case 403 -> RpcException.FORBIDDEN;
            case 429 -> RpcException.RATE_LIMITED;
            default -> RpcException.NORMAL;
        };
    }
}
