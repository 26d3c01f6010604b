package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Order;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.s3.MisbehavingServer.Misbehaviour;
import org.s3ds.s3.MisbehavingServer.Reply;
import org.s3ds.s3.MisbehavingServer.Request;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * What a careful client must do, as far as it concerns a store of one object per block. The numbers are those of the
 * list that came of trying the servers, and that docs/design.md has with the tests of each.
 */
@Timeout(60)
class CarefulClientTest {
    private static final Persistence PERSISTENCE = new Persistence(3, Duration.ofMinutes(1), Duration.ofSeconds(30));

    private interface Trial {
        void run(FaultyStore store, MisbehavingServer server) throws Exception;
    }

    private static void on(Misbehaviour misbehaviour, Trial trial) throws Exception {
        try (MisbehavingServer server = new MisbehavingServer(misbehaviour);
                FaultyStore store = new FaultyStore(server.endpoint(), PERSISTENCE)) {
            FaultyCall.fill(server.bucket());
            trial.run(store, server);
        }
    }

    private static void onAGoodServer(Trial trial) throws Exception {
        on(exchange -> exchange.send(exchange.right()), trial);
    }

    @Test
    void rule1ThePayloadIsPlainAndItsHashIsSigned() throws Exception {
        onAGoodServer((store, server) -> {
            byte[] value = "value".getBytes(UTF_8);
            store.store().put(Key.of("K"), value);
            Request put = server.requests().getFirst();
            assertArrayEquals(value, put.body());
            assertEquals(DigestSigner.sha256Hex(value), put.headers().get("x-amz-content-sha256"));
            assertTrue(put.headers().getOrDefault("authorization", "").contains("x-amz-content-sha256"));
            assertFalse(put.headers().containsKey("content-encoding"));
            assertFalse(put.headers().containsKey("transfer-encoding"));
        });
    }

    @Test
    void rule2TheFirstAbsenceOfASessionIsProved() throws Exception {
        onAGoodServer((store, server) -> {
            assertFalse(store.store().has(Key.of("absent")));
            assertFalse(store.store().has(Key.of("absent too")));
            assertEquals(
                    List.of("HEAD", "GET", "HEAD"),
                    server.requests().stream().map(Request::method).toList());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, 403, AccessDenied",
        "PUT, 403, InvalidAccessKeyId",
        "GET, 404, NoSuchBucket",
        "DELETE, 404, XAdminUserNotFound",
        "HAS, 403, AccessDenied"
    })
    void rule2AbsenceIsProvedAnewWhenBucketOrKeysHaveComeIntoDoubt(FaultyCall call, int status, String code)
            throws Exception {
        onAGoodServer((store, server) -> {
            assertFalse(store.store().has(Key.of("absent")));
            server.behave(exchange ->
                    exchange.send(exchange.request().isListing() ? exchange.right() : Reply.error(status, code)));
            assertThrows(S3Exception.class, () -> call.run(store.store(), server.bucket()));
            server.behave(exchange -> exchange.send(exchange.right()));
            int before = server.requests().size();
            assertFalse(store.store().has(Key.of("absent too")));
            assertFalse(store.store().has(Key.of("absent as well")));
            assertEquals(
                    List.of("HEAD", "GET", "HEAD"),
                    server.requests().subList(before, before + 3).stream()
                            .map(Request::method)
                            .toList());
        });
    }

    @Test
    void rules3And4And7NoDeleteHasAConditionAndNoPutIsLeftOutForWhatIsThere() throws Exception {
        onAGoodServer((store, server) -> {
            store.store().put(Key.of("K1"), "value".getBytes(UTF_8));
            store.store().put(Key.of("K1"), "value".getBytes(UTF_8));
            store.store().delete(Key.of("K1"));
            Batch batch = store.store().batch();
            batch.delete(Key.of("K2"));
            batch.commit();
            assertEquals(
                    List.of("PUT", "PUT", "DELETE", "POST"),
                    server.requests().stream().map(Request::method).toList());
            for (Request request : server.requests()) {
                assertTrue(request.headers().keySet().stream().noneMatch(name -> name.contains("if-")));
                assertFalse(request.headers().containsKey("x-amz-copy-source"));
            }
        });
    }

    @Test
    void rule8NamesHaveNoSlashThatServersTreatDifferently() throws Exception {
        onAGoodServer((store, server) -> {
            store.store().put(Key.of("/a//b/./c/../d"), new byte[1]);
            assertTrue(
                    server.bucket().names().contains("node1/a/b/d"),
                    server.bucket().names().toString());
        });
    }

    @Test
    void rule9ThePrefixEndsInASlashAndTokensStandAlone() throws Exception {
        onAGoodServer((store, server) -> {
            server.bucket().put("node10/other", "not ours");
            FaultyCall.QUERY.run(store.store(), server.bucket());
            for (Request request : server.requests()) {
                Map<String, String> query = MemoryBucket.query(request.query());
                assertEquals("node1/", query.get("prefix"));
                assertFalse(query.containsKey("continuation-token") && query.containsKey("start-after"));
            }
        });
    }

    @Test
    void rule9APageWithoutObjectsIsNotTheEnd() throws Exception {
        AtomicInteger pages = new AtomicInteger();
        on(
                exchange -> exchange.send(
                        pages.incrementAndGet() == 1
                                ? Reply.xml(MemoryBucket.listing(List.of(), Optional.of("node1/")))
                                : exchange.right()),
                (store, server) -> FaultyCall.QUERY.run(store.store(), server.bucket()));
    }

    @Test
    void rule9AnOrderThatIsNotKeptIsNoticedWhenItWasAskedFor() throws Exception {
        on(listing("node1/K2", "node1/K1"), (store, server) -> {
            Query byKey = Query.keys(Key.ROOT).withOrders(List.of(Order.KEY));
            assertThrows(DatastoreException.class, () -> list(store, byKey));
        });
    }

    @Test
    void rule9NamesOutsideThePrefixAreAnError() throws Exception {
        on(
                listing("node1/K1", "elsewhere/K2"),
                (store, server) -> assertThrows(DatastoreException.class, () -> list(store, Query.keys(Key.ROOT))));
    }

    @Test
    void rule9NamesThatCannotBeReadAreAnError() throws Exception {
        on(
                listing("node1/K\u0001"),
                (store, server) -> assertThrows(S3Exception.class, () -> list(store, Query.keys(Key.ROOT))));
    }

    @Test
    void rule10ABulkDeleteNamesObjectsAsTheyAreListedAndProvesItself() throws Exception {
        onAGoodServer((store, server) -> {
            Batch batch = store.store().batch();
            batch.delete(Key.of("K1"));
            batch.delete(Key.of("K2"));
            batch.commit();
            Request request = server.requests().getFirst();
            String body = new String(request.body(), UTF_8);
            assertTrue(body.contains("<Key>node1/K1</Key>"), body);
            assertTrue(request.headers().containsKey("content-md5"));
            assertEquals(
                    Set.of("node1/K0", "node1/K3", "node1/K4"),
                    new TreeSet<>(server.bucket().names()));
        });
    }

    @Test
    void rule12AResetIsAnsweredByANewConnection() throws Exception {
        on(
                exchange -> {
                    if (exchange.number() == 2) {
                        exchange.reset();
                    } else {
                        exchange.send(exchange.right());
                    }
                },
                (store, server) -> {
                    FaultyCall.GET.run(store.store(), server.bucket());
                    FaultyCall.GET.run(store.store(), server.bucket());
                    assertEquals(3, server.requests().size());
                    assertEquals(2, server.opened());
                });
    }

    @Test
    void rule12AConnectionThatWasIdleForLongIsNotUsedAgain() throws Exception {
        assertTrue(HttpConnections.IDLE.compareTo(Duration.ofSeconds(30)) < 0);
        Duration idle = Duration.ofMillis(1);
        try (MisbehavingServer server = new MisbehavingServer(exchange -> exchange.send(exchange.right()))) {
            Limits limits = FaultyStore.config(server.endpoint()).limits();
            for (Duration most : List.of(HttpConnections.IDLE, idle)) {
                int before = server.opened();
                try (SdkHttpClient http = new HttpConnections(limits, Optional.empty(), Optional.empty(), most)) {
                    ask(http, server);
                    for (long end = System.nanoTime() + 10 * idle.toNanos(); System.nanoTime() < end; ) {
                        Thread.onSpinWait();
                    }
                    ask(http, server);
                }
                assertEquals(most.equals(idle) ? 2 : 1, server.opened() - before);
            }
        }
    }

    private static void ask(SdkHttpClient http, MisbehavingServer server) throws IOException {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create(server.endpoint() + "/b/absent"))
                .build();
        http.prepareRequest(HttpExecuteRequest.builder().request(request).build())
                .call()
                .responseBody()
                .orElseThrow()
                .readAllBytes();
    }

    @Test
    void rule12UrlAndHeadersStayBelowFourKilobytes() throws Exception {
        onAGoodServer((store, server) -> {
            store.store().put(Key.of("K".repeat(200)), new byte[1]);
            int length = server.requests().getFirst().headers().entrySet().stream()
                    .mapToInt(header ->
                            header.getKey().length() + header.getValue().length() + 4)
                    .sum();
            assertTrue(length < 4_000 - 250, length + " bytes");
        });
    }

    @Test
    void rule13NothingIsSentThatWasNotAskedFor() throws Exception {
        onAGoodServer((store, server) -> {
            store.store().put(Key.of("K"), new byte[1]);
            for (String header : server.requests().getFirst().headers().keySet()) {
                assertFalse(header.matches("x-amz-(server-side|storage|tagging|acl|meta|checksum).*"), header);
            }
        });
    }

    /** Their list in docs/design.md names tests for each, and these are there. */
    @Test
    void everyRuleHasItsTests() throws IOException {
        List<String> rules = Files.readString(Path.of("../docs/design.md"))
                .lines()
                .dropWhile(line -> !line.equals("## A careful client"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .toList();
        assertEquals(14, rules.size());
        for (String rule : rules) {
            List<MatchResult> tests =
                    Pattern.compile("`(\\w+)\\.(\\w+)`").matcher(rule).results().toList();
            assertFalse(tests.isEmpty(), rule);
            for (MatchResult test : tests) {
                assertTrue(isThere(test.group(1), test.group(2)), test.group());
            }
        }
    }

    private static boolean isThere(String type, String method) throws IOException {
        for (String module : List.of("s3", "node")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/test/java"))) {
                Optional<Path> file =
                        files.filter(each -> each.endsWith(type + ".java")).findFirst();
                if (file.isPresent()) {
                    return Files.readString(file.get()).contains("void " + method + "(");
                }
            }
        }
        return false;
    }

    private static Misbehaviour listing(String... names) {
        String page = MemoryBucket.listing(
                List.of(names).stream().map(name -> MemoryBucket.entry(name, 7)).toList(), Optional.empty());
        return exchange -> exchange.send(Reply.xml(page));
    }

    private static int list(FaultyStore store, Query query) throws DatastoreException {
        try (Results results = store.store().query(query)) {
            return results.rest().size();
        }
    }
}
