package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.SpecException;
import org.s3ds.s3.MisbehavingServer.Exchange;
import org.s3ds.s3.MisbehavingServer.Reply;

/**
 * Every fault of a page, and everything that lists: the right keys, or a failure that tells of the request; never some
 * of the keys, and never a size of a listing that was not whole. {@link FaultMatrixTest} has what may happen to any
 * request.
 */
@Timeout(60)
class ListingFaultsTest {
    /** What comes in the place of the right answer, from the first page that is faulty on. */
    interface Page {
        /**
         * The answer.
         *
         * @param number of the request among listings, from 1
         */
        Reply answer(Exchange exchange, int number);
    }

    /**
     * A fault.
     *
     * @param status of the request that brought it
     * @param requestId the server's name for that request
     * @param isOne for which calls it is one
     */
    record Row(String name, Page page, int status, String requestId, Predicate<ListingCall> isOne) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Row row(String name, String body) {
        return row(name, 200, Reply.xml(body), "REQ1");
    }

    private static Row row(String name, int status, Reply reply, String requestId) {
        return new Row(name, (exchange, number) -> reply, status, requestId, call -> true);
    }

    private static Row ofManyPages(String name, Page page) {
        return new Row(name, page, 200, "REQ1", call -> !call.isOnePage());
    }

    private static final List<Row> ROWS = List.of(
            row("a name that is not under the prefix", page("elsewhere/K")),
            row("a name that is longer than the prefix, but another", page("node10/K")),
            row("a name with a control character", page("node1/K&#1;")),
            row("a name with half a character", page("node1/K&#xD800;")),
            row("an entity that nobody declared", page("node1/K&nbsp;")),
            row("%zz where names are encoded", encoded("node1/K%zz")),
            row("%ff where names are encoded", encoded("node1/K%ff")),
            row("half an escape where names are encoded", encoded("node1/K%4")),
            row("an object without a name", page("")),
            row("an object without a size", listing("false", "<Contents><Key>node1/K</Key></Contents>")),
            row("a listing that does not say whether it ends", "<ListBucketResult></ListBucketResult>"),
            row("more to come, and no token", listing("true", "")),
            row("XML that is cut", page("node1/K").substring(0, 70)),
            row("HTML", 200, Reply.html(200), ""),
            row("nothing", 200, Reply.ofNoServer(200, Map.of(), new byte[0]), ""),
            row(
                    "200 with an error",
                    new String(Reply.error(500, "InternalError").body(), UTF_8)),
            row("500 for good", 500, Reply.error(500, "InternalError"), "REQ1"),
            row("403", 403, Reply.error(403, "AccessDenied"), "REQ1"),
            ofManyPages(
                    "tokens A, B, A",
                    (exchange, number) -> Reply.xml(
                            MemoryBucket.listing(List.of(MemoryBucket.entry("node1/K", 5)), token(number % 2)))),
            ofManyPages(
                    "pages without a name for ever",
                    (exchange, number) -> Reply.xml(MemoryBucket.listing(List.of(), token(number)))),
            new Row("names out of order", ListingFaultsTest::outOfOrder, 200, "REQ1", ListingCall::mindsOrder));

    private static Optional<String> token(int number) {
        return Optional.of("token" + number);
    }

    private static String page(String name) {
        return MemoryBucket.listing(List.of(MemoryBucket.entry(name, 5)), Optional.empty());
    }

    private static String encoded(String name) {
        return page(name).replace("<IsTruncated>", "<EncodingType>url</EncodingType><IsTruncated>");
    }

    private static String listing(String more, String objects) {
        return "<ListBucketResult><IsTruncated>" + more + "</IsTruncated>" + objects + "</ListBucketResult>";
    }

    /** The right page, the wrong way round. */
    private static Reply outOfOrder(Exchange exchange, int number) {
        return Reply.xml(new String(exchange.right().body(), UTF_8)
                .replaceFirst("(<Contents>.*</Contents>)(<Contents>.*</Contents>)", "$2$1"));
    }

    static Stream<Arguments> everyFaultOfAPageAndEverythingThatLists() {
        return ROWS.stream().flatMap(row -> Stream.of(ListingCall.values()).map(call -> Arguments.of(row, call)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void everyFaultOfAPageAndEverythingThatLists(Row row, ListingCall call) throws Exception {
        AtomicInteger listings = new AtomicInteger();
        try (MisbehavingServer server = new MisbehavingServer(exchange -> {
            int number = exchange.request().isListing() ? listings.incrementAndGet() : 0;
            boolean isFaulty = number >= call.firstFaulty();
            exchange.send(isFaulty ? row.page().answer(exchange, number) : exchange.right());
        })) {
            ListingCall.fill(server.bucket());
            S3Config config = config(server);
            try (Datastore store = call.time().open(config, Metrics.none())) {
                if (row.isOne().test(call)) {
                    assertTells(row, assertThrows(S3Exception.class, () -> call.run(store, config)));
                    assertEquals(OptionalLong.empty(), store.diskUsage());
                } else {
                    call.run(store, config);
                }
            }
            server.awaitNoConnections();
        }
    }

    /** Two attempts, as a probe waits between them in real time. */
    private static S3Config config(MisbehavingServer server) throws SpecException {
        return S3Config.parse(Map.of(
                "region",
                "us-east-1",
                "bucket",
                "b",
                "accessKey",
                "AK",
                "secretKey",
                "SK",
                "regionEndpoint",
                server.endpoint(),
                "rootDirectory",
                "node1",
                "workers",
                4L,
                "retryMaxAttempts",
                2L));
    }

    private static void assertTells(Row row, S3Exception exception) {
        S3Failure failure = exception.failure();
        String text = exception.toString();
        assertEquals("list", failure.operation(), text);
        assertTrue(failure.object().startsWith("b/node1"), text);
        assertEquals(row.status(), failure.status(), text);
        assertEquals(row.requestId(), failure.requestId(), text);
    }
}
