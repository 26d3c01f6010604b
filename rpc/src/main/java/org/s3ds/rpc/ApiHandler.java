package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import org.eclipse.jetty.http.HttpURI;
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
    private static final String ALLOWED = "OPTIONS, POST";
    private static final String DENIED = "Kubo RPC Access Denied: Please provide a valid authorization token as defined"
            + " in the API.Authorizations configuration.";

    private final RpcOptions options;
    private final RpcService service;
    private final InFlight inFlight;
    private final Limits limits;
    private final Map<String, List<String>> headers;
    private final Map<String, Origins> origins = new ConcurrentHashMap<>();

    ApiHandler(RpcOptions options, RpcService service, InFlight inFlight, Limits limits) {
        this.options = options;
        this.service = service;
        this.inFlight = inFlight;
        this.limits = limits;
        this.headers = new HashMap<>(options.headers());
        headers.keySet().removeIf(Origins::isOwn);
        headers.put("Server", List.of(options.server()));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        RequestBody body = new RequestBody(request);
        try {
            answer(request, response, body);
            AccessLog.write(request, response, body);
            body.skip(limits.headerTime());
            callback.succeeded();
        } catch (IOException | RuntimeException | Error e) {
            // the answer is cut off where it is, so that nobody takes it for whole
            AccessLog.write(request, response, body);
            callback.failed(e);
        }
        return true;
    }

    private void answer(Request request, Response response, RequestBody body) throws IOException {
        Optional<String> path = path(request.getHttpURI());
        if (path.isEmpty()) {
            PlainAnswer.write(response, 400, "400 Bad Request");
        } else if (path.get().startsWith(API)) {
            api(request, response, body, path.get());
        } else {
            page(request, response, path.get());
        }
    }

    /** As it was sent, with nothing resolved in it, so that what is allowed is what is done; empty for no text. */
    private static Optional<String> path(HttpURI uri) {
        String raw = Optional.ofNullable(uri.getPath()).orElse("");
        return Escapes.percents(raw.getBytes(UTF_8)).flatMap(Escapes::text).filter(path -> path.indexOf('\0') < 0);
    }

    private void page(Request request, Response response, String path) throws IOException {
        Optional<Supplier<Page>> page = Optional.ofNullable(options.pages().get(path));
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (page.isPresent() && reads) {
            PlainAnswer.write(response, page.get().get());
        } else if (path.equals("/webui") || path.startsWith("/webui/")) {
            PlainAnswer.write(response, 404, "there is no WebUI in s3ds: open one elsewhere, and give it this address");
        } else {
            PlainAnswer.write(response, 404, "404 page not found");
        }
    }

    private void api(Request request, Response response, RequestBody body, String path) throws IOException {
        HttpFields asked = request.getHeaders();
        HttpFields.Mutable fields = response.getHeaders();
        String method = request.getMethod();
        Origins allowed = origins(request);
        if (!options.authorizations().allow(asked.get(HttpHeader.AUTHORIZATION), path)) {
            PlainAnswer.write(response, 403, DENIED);
        } else if (method.equals("OPTIONS") && asked.contains(Origins.PREFLIGHT)) {
            allowed.preflight(asked, fields);
            none(response);
        } else {
            allowed.share(method, asked, fields);
            if (!method.equals("POST")) {
                otherMethod(method, response);
            } else if (allowed.allows(asked)) {
                command(request, response, body, path);
            } else {
                PlainAnswer.write(response, 403, "403 - Forbidden");
            }
        }
    }

    private static void otherMethod(String method, Response response) throws IOException {
        response.getHeaders().put(HttpHeader.ALLOW, ALLOWED);
        if (method.equals("OPTIONS")) {
            none(response);
        } else {
            PlainAnswer.write(response, 405, "405 - Method Not Allowed");
        }
    }

    private void command(Request request, Response response, RequestBody body, String path) throws IOException {
        HttpReply reply = new HttpReply(response, headers, body);
        Optional<String> query = Optional.ofNullable(request.getHttpURI().getQuery());
        @Nullable String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        RpcRequest asked = new RpcRequest(
                List.of(path.substring(API.length()).split("/", -1)),
                Escapes.query(query.orElse("")),
                type == null ? "" : type,
                body);
        if (!inFlight.enter()) {
            PlainAnswer.write(response, 503, "the server is stopping, or has too much to do: try again");
            return;
        }
        try {
            serve(asked, reply);
        } finally {
            inFlight.leave();
        }
    }

    private void serve(RpcRequest asked, HttpReply reply) throws IOException {
        try {
            service.serve(asked, reply);
            reply.end();
        } catch (IOException e) {
            // an interrupt has done its work: the client is still told
            Thread.interrupted();
            reply.fail(e);
        } catch (RuntimeException | Error e) {
            LOG.error("a command failed in a way that is not foreseen", e);
            Thread.interrupted();
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
