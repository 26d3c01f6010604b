package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** An answer of one line of text: what no command has anything to do with. */
final class PlainAnswer {
    private static final String TEXT = "text/plain; charset=utf-8";

    private PlainAnswer() {}

    static void write(Response response, int status, String sentence) throws IOException {
        write(response, new Page(status, TEXT, sentence + "\n"));
    }

    static void write(Response response, Page page) throws IOException {
        response.setStatus(page.status());
        Content.Sink.write(response, true, ByteBuffer.wrap(body(response, page)));
    }

    /** For what Jetty turns away before any handler sees it. */
    static boolean refuse(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        String sentence = status + " " + HttpStatus.getMessage(status) + "\n";
        response.write(true, ByteBuffer.wrap(body(response, new Page(status, TEXT, sentence))), callback);
        return true;
    }

    private static byte[] body(Response response, Page page) {
        HttpFields.Mutable headers = response.getHeaders();
        byte[] body = page.text().getBytes(UTF_8);
        headers.put(HttpHeader.CONTENT_TYPE, page.type());
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        return body;
    }
}
