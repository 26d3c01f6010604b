package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

/** An answer of one line of text: what no command has anything to do with. */
final class PlainAnswer {
    private PlainAnswer() {}

    static void write(Response response, int status, String sentence) throws IOException {
        write(response, new Page(status, "text/plain; charset=utf-8", sentence + "\n"));
    }

    static void write(Response response, Page page) throws IOException {
        HttpFields.Mutable headers = response.getHeaders();
        byte[] body = page.text().getBytes(UTF_8);
        headers.put(HttpHeader.CONTENT_TYPE, page.type());
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        response.setStatus(page.status());
        Content.Sink.write(response, true, ByteBuffer.wrap(body));
    }
}
