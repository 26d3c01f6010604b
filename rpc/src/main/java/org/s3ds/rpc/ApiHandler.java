package org.s3ds.rpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what a request is, in Kubo's sequence: who asks, from where, by which method, for what. */
final class ApiHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);

    private static final String API = "/api/v0/";
    private static final String DENIED = "Kubo RPC Access Denied: Please provide a valid authorization token as defined"
            + " in the API.Authorizations configuration.";

    private final RpcOptions options;
    private final RpcService service;
    private final InFlight inFlight;
    private final Map<String, List<String>> headers;
    private final Map<String, Origins> origins = new ConcurrentHashMap<>();

    ApiHandler(RpcOptions options, RpcService service, InFlight inFlight) {
        this.options = options;
        this.service = service;
        this.inFlight = inFlight;
        this.headers = new HashMap<>(options.headers());
        headers.keySet().removeIf(Origins::isOwn);
        headers.put("Server", List.of(options.server()));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        try {
            answer(request, response);
            callback.succeeded();
        } catch (IOException | RuntimeException | Error e) {
            // the answer is cut off where it is, so that nobody takes it for whole
            callback.failed(e);
        }
        return true;
    }

    private void answer(Request request, Response response) throws IOException {
        String path = Optional.ofNullable(request.getHttpURI().getDecodedPath()).orElse("");
        if (path.startsWith(API)) {
            api(request, response, path);
        } else {
            page(request, response, path);
        }
    }

    private void page(Request request, Response response, String path) throws IOException {
        Optional<Supplier<Page>> page = Optional.ofNullable(options.pages().get(path));
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (page.isPresent() && reads) {
            PlainAnswer.write(response, page.get().get());
        } else {
            PlainAnswer.write(
                    response, 404, path.startsWith("/webui") ? "there is no WebUI in s3ds" : "404 page not found");
        }
    }

    private void api(Request request, Response response, String path) throws IOException {
        HttpFields asked = request.getHeaders();
        Origins allowed = origins(request);
        String method = request.getMethod();
        if (!options.authorizations().allow(asked.get(HttpHeader.AUTHORIZATION), path)) {
            PlainAnswer.write(response, 403, DENIED);
        } else if (method.equals("OPTIONS") && asked.contains("Access-Control-Request-Method")) {
            allowed.preflight(asked, response.getHeaders());
            none(response);
        } else {
            allowed.share(method, asked, response.getHeaders());
            known(request, response, path);
        }
    }

    private void known(Request request, Response response, String path) throws IOException {
        switch (request.getMethod()) {
            case "OPTIONS" -> {
                response.getHeaders().put(HttpHeader.ALLOW, "OPTIONS, POST");
                none(response);
            }
            case "POST" -> {
                if (origins(request).allows(request.getHeaders())) {
                    command(request, response, path);
                } else {
                    PlainAnswer.write(response, 403, "403 - Forbidden");
                }
            }
            default -> {
                response.getHeaders().put(HttpHeader.ALLOW, "OPTIONS, POST");
                PlainAnswer.write(response, 405, "405 - Method Not Allowed");
            }
        }
    }

    private void command(Request request, Response response, String path) throws IOException {
        RequestBody body = new RequestBody(request);
        HttpReply reply = new HttpReply(response, headers, body);
        Optional<String> query = Optional.ofNullable(request.getHttpURI().getQuery());
        @Nullable String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        RpcRequest asked = new RpcRequest(
                List.of(path.substring(API.length()).split("/", -1)),
                Escapes.query(query.orElse("")),
                type == null ? "" : type,
                body);
        if (inFlight.enter()) {
            try {
                serve(asked, reply);
            } finally {
                inFlight.leave();
            }
        } else {
            reply.fail(new BadRequestException(503, "the server is stopping, or has too much to do"));
        }
        body.skip();
    }

    private void serve(RpcRequest asked, HttpReply reply) throws IOException {
        try {
            service.serve(asked, reply);
            reply.end();
        } catch (IOException e) {
            reply.fail(e);
        } catch (RuntimeException | Error e) {
            LOG.error("{} failed", String.join(" ", asked.path()), e);
            reply.fail(new IOException("an error occurred", e));
        }
    }

    private static void none(Response response) throws IOException {
        response.setStatus(204);
        Content.Sink.write(response, true, ByteBuffer.allocate(0));
    }

    private Origins origins(Request request) {
        String port = request.getConnectionMetaData().getConnector() instanceof ServerConnector tcp
                ? Integer.toString(tcp.getLocalPort())
                : "";
        return origins.computeIfAbsent(port, any -> new Origins(options.headers(), any));
    }
}
