package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.s3ds.s3.FaultRow.row;
import static org.s3ds.s3.FaultyCall.BATCH;
import static org.s3ds.s3.FaultyCall.DELETE;
import static org.s3ds.s3.FaultyCall.GET;
import static org.s3ds.s3.FaultyCall.HAS;
import static org.s3ds.s3.FaultyCall.PUT;
import static org.s3ds.s3.FaultyCall.QUERY;
import static org.s3ds.s3.FaultyCall.SIZE;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.s3ds.s3.FaultRow.Ending;
import org.s3ds.s3.MisbehavingServer.Exchange;
import org.s3ds.s3.MisbehavingServer.Reply;
import org.s3ds.s3.MisbehavingServer.Request;

/** The rows of the fault matrix that a server on plain http shows. */
final class FaultRows {
    private static final List<FaultyCall> HEADS = List.of(HAS, SIZE);
    /** The calls whose right answers have no body to break. */
    private static final List<FaultyCall> WITHOUT_BODIES = List.of(PUT, HAS, SIZE, DELETE);

    /** Those whose requests are told in a body what is wrong. */
    private static final List<FaultyCall> WITH_BODIES_OF_ERRORS = List.of(PUT, GET, DELETE, BATCH, QUERY);

    private static final Reply OK_WITH_ERROR =
            Reply.xml(new String(Reply.error(500, "InternalError").body(), UTF_8));

    private static final DateTimeFormatter SIGNING_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX", Locale.ROOT);

    private static final String NOT_S3 = "is not S3's: ";

    private FaultRows() {}

    /** All of them, apart from those that cost a timeout each. */
    static Stream<FaultRow> quick() {
        return Stream.of(
                        failures(),
                        refusals(),
                        full(),
                        absences(),
                        misdirections(),
                        impostors(),
                        brokenAnswers(),
                        listings())
                .flatMap(List::stream);
    }

    /**
     * Those that cost a timeout each. What is left of a longer body is taken for the beginning of the next answer on
     * that connection, and the rest of that never comes.
     */
    static Stream<FaultRow> slow() {
        return Stream.of(
                row("no answer", Exchange::waitForTheEnd).retried().inDoubtOfWrites(),
                row("an answer that drips", exchange -> exchange.drip(exchange.right()))
                        .retried()
                        .inDoubtOfWrites(),
                row("half a body, then nothing", exchange -> {
                            sendHalf(exchange, exchange.right());
                            exchange.waitForTheEnd();
                        })
                        .retried()
                        .inDoubtOfWrites()
                        .but(WITHOUT_BODIES, Ending.RIGHT_OR_RETRIED),
                row("a longer body", exchange -> {
                    Reply reply = exchange.right();
                    byte[] more = Arrays.copyOf(reply.body(), reply.body().length + 100);
                    exchange.send(reply, reply.body().length, more);
                }));
    }

    private static List<FaultRow> failures() {
        return List.of(
                row("500 InternalError", reply(Reply.error(500, "InternalError")))
                        .retried(500, "InternalError")
                        .inDoubtOfWrites(),
                row("502 with HTML", reply(Reply.html(502))).retried(502, "").inDoubtOfWrites(),
                row("408 with nothing", reply(empty(408))).retried(408, "").inDoubtOfWrites(),
                row("503 with nothing", reply(empty(503))).retried(503, "").inDoubtOfWrites(),
                row("503 SlowDown", reply(Reply.error(503, "SlowDown")))
                        .retried(503, "SlowDown")
                        .saying("asks for fewer requests"),
                row(
                                "429, Retry-After: 7",
                                reply(Reply.error(429, "TooManyRequests").with("Retry-After", "7")))
                        .retried(429, "TooManyRequests"),
                row(
                                "429, Retry-After: 3600",
                                reply(Reply.error(429, "TooManyRequests").with("Retry-After", "3600")))
                        .refused(429, "TooManyRequests"),
                row("501 NotImplemented", reply(Reply.error(501, "NotImplemented")))
                        .refused(501, "NotImplemented")
                        .inDoubtOfWrites()
                        // a bulk delete that is not there is no failure: objects are removed one by one
                        .only(request -> !request.method().equals("POST"), List.of(FaultyCall.values())));
    }

    private static List<FaultRow> refusals() {
        return List.of(
                row("403 AccessDenied", reply(Reply.error(403, "AccessDenied"))).refused(403, "AccessDenied"),
                row("403 SignatureDoesNotMatch", reply(Reply.error(403, "SignatureDoesNotMatch")))
                        .refused(403, "SignatureDoesNotMatch"),
                row("403 RequestTimeTooSkewed, one clock", reply(Reply.error(403, "RequestTimeTooSkewed")))
                        .refused(403, "RequestTimeTooSkewed"),
                row("400 ExpiredToken, keys of the spec", reply(Reply.error(400, "ExpiredToken")))
                        .refused(400, "ExpiredToken"),
                row("403 InvalidObjectState", reply(Reply.error(403, "InvalidObjectState")))
                        .refused(403, "InvalidObjectState")
                        .saying("the object is archived; restore it"),
                row("400 with an XML error", reply(Reply.error(400, "InvalidArgument")))
                        .refused(400, "InvalidArgument"),
                row("400 with HTML", reply(Reply.html(400))).refused(400, ""),
                row("400 with nothing", reply(empty(400))).refused(400, ""),
                row("400 RequestTimeout", reply(Reply.error(400, "RequestTimeout")))
                        .retried(400, "RequestTimeout")
                        .but(HEADS, Ending.REFUSED));
    }

    /** What is stored alone needs room. */
    private static List<FaultRow> full() {
        return Stream.of(
                        row("507 XMinioStorageFull", reply(Reply.error(507, "XMinioStorageFull")))
                                .refused(507, "XMinioStorageFull"),
                        row("507 with nothing", reply(empty(507))).refused(507, ""),
                        row("403 QuotaExceeded", reply(Reply.error(403, "QuotaExceeded")))
                                .refused(403, "QuotaExceeded"),
                        row(
                                        "400 XMinioAdminBucketQuotaExceeded",
                                        reply(Reply.error(400, "XMinioAdminBucketQuotaExceeded")))
                                .refused(400, "XMinioAdminBucketQuotaExceeded"))
                .map(row -> row.saying("has no room left")
                        .only(request -> request.method().equals("PUT"), List.of(PUT, BATCH)))
                .toList();
    }

    private static List<FaultRow> absences() {
        return List.of(
                row("404 NoSuchKey", reply(Reply.error(404, "NoSuchKey")))
                        .refused(404, "NoSuchKey")
                        .but(HEADS, Ending.ABSENT_WITH_PROOF)
                        .but(GET, Ending.ABSENT)
                        .but(DELETE, Ending.ABSENT),
                row("404 NoSuchBucket", reply(Reply.error(404, "NoSuchBucket")))
                        .refused(404, "NoSuchBucket")
                        .but(HEADS, Ending.ABSENT_WITH_PROOF),
                row("404 with nothing", reply(empty(404))).refused(404, "").but(HEADS, Ending.ABSENT_WITH_PROOF),
                row("404 XAdminUserNotFound", reply(Reply.error(404, "XAdminUserNotFound")))
                        .refused(404, "XAdminUserNotFound")
                        .but(HEADS, Ending.ABSENT_WITH_PROOF));
    }

    /** Servers that are the same from the first request to the last, and with which the client comes to terms. */
    static Stream<FaultRow> lasting() {
        return Stream.of(
                row("403 RequestTimeTooSkewed, the clock is wrong", FaultRows::ahead),
                row("301 to a region", FaultRows::elsewhere),
                row("307 to a region", FaultRows::elsewhereForNow),
                row("400 AuthorizationHeaderMalformed", FaultRows::malformed));
    }

    private static List<FaultRow> misdirections() {
        return List.of(
                row("301 to nowhere", reply(Reply.error(301, "PermanentRedirect")))
                        .refused(301, "PermanentRedirect")
                        .saying("correct \"region\""),
                row("307 to nowhere", reply(Reply.error(307, "TemporaryRedirect")))
                        .refused(307, "TemporaryRedirect")
                        .saying("correct \"region\""),
                row("302 to a login page", reply(Reply.html(302).with("Location", "http://127.0.0.1:1/login")))
                        .refused(302, "")
                        .saying("login page"));
    }

    private static List<FaultRow> impostors() {
        return List.of(
                row("200 with an error, in XML that is read", reply(OK_WITH_ERROR))
                        .retried(200, "InternalError")
                        .inDoubtOfWrites()
                        .only(request -> request.isListing() || request.method().equals("POST"), List.of(BATCH, QUERY)),
                row("200 with an error, for an object", reply(OK_WITH_ERROR))
                        .refused(200, "")
                        .inDoubtOfWrites()
                        .saying(NOT_S3)
                        .only(request -> !request.objectName().isEmpty(), List.of(PUT, GET, HAS, SIZE, DELETE, BATCH)),
                row("200 with HTML", reply(Reply.html(200))).refused(200, "").inDoubtOfWrites(),
                row("200 with nothing", reply(empty(200))).refused(200, "").inDoubtOfWrites(),
                row(
                                "gzip nobody asked for",
                                exchange -> exchange.send(exchange.right().zipped()))
                        .refused(200, "")
                        .saying("in the coding gzip")
                        .but(List.of(PUT, DELETE, BATCH, QUERY), Ending.RIGHT));
    }

    private static List<FaultRow> brokenAnswers() {
        return List.of(
                row("reset before the answer", Exchange::reset).retried().inDoubtOfWrites(),
                row("closed before the answer", Exchange::close).retried().inDoubtOfWrites(),
                row("a head that ends behind its first line", exchange -> {
                            exchange.right();
                            exchange.sendHead("HTTP/1.1 200 OK\r\n");
                        })
                        .retried()
                        .inDoubtOfWrites(),
                row(
                                "a 404 whose head ends in its second line",
                                exchange -> exchange.sendHead("HTTP/1.1 404 Not Found\r\nServer: S3"))
                        .retried()
                        .inDoubtOfWrites(),
                row("stored, answer lost", exchange -> {
                            exchange.right();
                            exchange.reset();
                        })
                        .retried()
                        .inDoubtOfWrites(),
                row("reset in the body", exchange -> half(exchange, true))
                        .retried()
                        .inDoubtOfWrites()
                        .but(WITHOUT_BODIES, Ending.RIGHT_OR_RETRIED),
                row("half of a 404", exchange -> half(exchange, Reply.error(404, "NoSuchKey"), false))
                        .retried()
                        .inDoubtOfWrites()
                        .only(FaultRows::hasBody, WITH_BODIES_OF_ERRORS),
                row("half of a 503", exchange -> half(exchange, Reply.error(503, "SlowDown"), true))
                        .retried()
                        .inDoubtOfWrites()
                        .only(FaultRows::hasBody, WITH_BODIES_OF_ERRORS),
                row("half a body", exchange -> half(exchange, false))
                        .retried()
                        .inDoubtOfWrites()
                        .but(WITHOUT_BODIES, Ending.RIGHT_OR_RETRIED));
    }

    private static List<FaultRow> listings() {
        return List.of(
                list("page 2 failing", "K1", Reply.error(500, "InternalError")).retried(500, "InternalError"),
                list("page 2 refused", "K1", Reply.error(403, "AccessDenied")).refused(403, "AccessDenied"),
                list("page 2 is HTML", "K1", Reply.html(200)).refused(200, "").saying(NOT_S3),
                list("page 2 without an end", "K1", Reply.xml("<ListBucketResult/>"))
                        .refused(200, "")
                        .saying(NOT_S3),
                list("a token that repeats", "K1", page("node1/K1", "node1/K2", "node1/K3"))
                        .refused(200, "")
                        .saying("cannot be continued"));
    }

    private static FaultRow list(String name, String after, Reply reply) {
        return row("list: " + name, reply(reply))
                .only(
                        request -> request.isListing()
                                && MemoryBucket.query(request.query())
                                        .getOrDefault("continuation-token", "")
                                        .endsWith(after),
                        List.of(QUERY));
    }

    private static Reply page(String next, String... names) {
        return Reply.xml(MemoryBucket.listing(
                Stream.of(names).map(name -> MemoryBucket.entry(name, 7)).toList(), Optional.of(next)));
    }

    private static MisbehavingServer.Misbehaviour reply(Reply reply) {
        return exchange -> exchange.send(reply);
    }

    private static Reply empty(int status) {
        return Reply.ofNoServer(status, Map.of(), new byte[0]);
    }

    private static boolean hasBody(Request request) {
        return !request.method().equals("HEAD");
    }

    private static void half(Exchange exchange, boolean reset) throws IOException {
        half(exchange, exchange.right(), reset);
    }

    private static void half(Exchange exchange, Reply reply, boolean reset) throws IOException {
        sendHalf(exchange, reply);
        if (reset) {
            exchange.reset();
        } else {
            exchange.close();
        }
    }

    private static void sendHalf(Exchange exchange, Reply reply) throws IOException {
        int length = reply.body().length;
        exchange.send(reply, length, Arrays.copyOf(reply.body(), length / 2));
    }

    /** A server whose clock is an hour ahead, and which takes no signature of another time. */
    static void ahead(Exchange exchange) throws IOException {
        Instant time = Instant.now().plus(1, ChronoUnit.HOURS);
        Instant signed = SIGNING_TIME.parse(exchange.request().headers().getOrDefault("x-amz-date", ""), Instant::from);
        boolean near = Duration.between(time, signed).abs().toMinutes() < 15;
        exchange.send((near ? exchange.right() : Reply.error(403, "RequestTimeTooSkewed")).at(time));
    }

    /** A bucket in another region than the one that requests are signed for. */
    static void elsewhere(Exchange exchange) throws IOException {
        exchange.send(
                isSignedFor(exchange.request(), "eu-west-9")
                        ? exchange.right()
                        : Reply.error(301, "PermanentRedirect").with("x-amz-bucket-region", "eu-west-9"));
    }

    /** The same, and HEAD is not told why it is refused. */
    private static void malformed(Exchange exchange) throws IOException {
        exchange.send(
                isSignedFor(exchange.request(), "eu-west-9")
                        ? exchange.right()
                        : Reply.error(400, "AuthorizationHeaderMalformed", "<Region>eu-west-9</Region>"));
    }

    /** The same, as while a new bucket's name is not known everywhere. */
    private static void elsewhereForNow(Exchange exchange) throws IOException {
        exchange.send(
                isSignedFor(exchange.request(), "eu-west-9")
                        ? exchange.right()
                        : Reply.error(307, "TemporaryRedirect")
                                .with("x-amz-bucket-region", "eu-west-9")
                                .with("Location", "http://b.s3.eu-west-9.example/"));
    }

    private static boolean isSignedFor(Request request, String region) {
        return request.headers().getOrDefault("authorization", "").contains("/" + region + "/s3/");
    }
}
