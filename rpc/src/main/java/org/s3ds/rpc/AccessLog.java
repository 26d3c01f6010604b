package org.s3ds.rpc;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each request, at level debug. What a request says is not in it, but for the words of its command. */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    /** Up to three words; a CID or a name that follows them in the path mostly has capitals or digits. */
    private static final Pattern COMMAND = Pattern.compile("/api/v0(/[a-z-]{1,16}){1,3}(?=/|$)");

    private AccessLog() {}

    static void write(Request request, Response response, RequestBody body) {
        if (LOG.isDebugEnabled()) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - request.getBeginNanoTime());
            LOG.debug(
                    "{} {}: {}, {} ms, {} bytes in, {} bytes out",
                    request.getMethod().matches("[A-Z]{1,10}") ? request.getMethod() : "?",
                    command(Optional.ofNullable(request.getHttpURI().getPath()).orElse("")),
                    response.getStatus(),
                    millis,
                    body.count(),
                    Response.getContentBytesWritten(response));
        }
    }

    /** The words of a command in a path as it was sent. */
    static String command(String path) {
        Matcher command = COMMAND.matcher(path);
        return command.lookingAt() ? command.group() : "no command";
    }
}
