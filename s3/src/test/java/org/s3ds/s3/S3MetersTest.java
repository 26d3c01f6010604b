package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryKeyTables;
import org.s3ds.datastore.MemoryMetrics;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreContext;

/** What is counted of requests, and what they are said to cost. */
class S3MetersTest {
    private static final Key KEY = Key.of("/A");

    @TempDir
    private Path folder;

    private final MemoryMetrics metrics = new MemoryMetrics();

    private long counted(String series) {
        return metrics.counters().getOrDefault(series, 0L);
    }

    private long timed(String operation) {
        return Objects.requireNonNull(metrics.histograms().get("s3ds.request_seconds{operation=\"" + operation + "\"}"))
                .count();
    }

    @Test
    void requestsAreCountedByOperationAndStatus() throws Exception {
        try (TestServer server = TestServer.embedded(folder)) {
            S3Config config = server.bucket("node1");
            String label = "{store=\"" + config.bucket() + "/node1\"}";
            Datastore store = new S3Datastore(config, metrics);
            store.put(KEY, new byte[1000]);
            store.get(KEY);
            store.get(Key.of("/B"));
            store.has(KEY);
            assertEquals(
                    1,
                    counted("s3ds.requests{operation=\"put\",priority=\"foreground\",status=\"200\"}"),
                    metrics.toString());
            assertEquals(1, counted("s3ds.requests{operation=\"get\",priority=\"foreground\",status=\"200\"}"));
            assertEquals(1, counted("s3ds.requests{operation=\"get\",priority=\"foreground\",status=\"404\"}"));
            assertEquals(1, counted("s3ds.requests{operation=\"head\",priority=\"foreground\",status=\"200\"}"));
            assertEquals(1000, counted("s3ds.bytes_sent"));
            assertEquals(1000, counted("s3ds.bytes_received"), "neither an error's text nor a HEAD's promise");
            assertEquals(2, timed("get"));
            assertEquals(
                    Map.of(
                            "s3ds.cost_usd",
                            0.0,
                            "s3ds.in_flight",
                            0.0,
                            "s3ds.waiting" + label,
                            0.0,
                            "s3ds.requests_per_second" + label,
                            Double.POSITIVE_INFINITY),
                    metrics.gauges());
            store.inBackground().get(KEY);
            assertEquals(
                    1,
                    counted("s3ds.requests{operation=\"get\",priority=\"background\",status=\"200\"}"),
                    metrics.toString());
            store.close();
        }
        assertEquals(Map.of(), metrics.gauges(), "a closed store shows nothing of now");
    }

    @Test
    void retriesAndThrottlesAreCounted() throws Exception {
        try (ScriptedServer server = new ScriptedServer(request -> ScriptedServer.Answer.error(503, "SlowDown"));
                Datastore store = new S3Datastore(server.config("", ""), metrics)) {
            assertThrows(DatastoreException.class, () -> store.get(KEY));
        }
        long attempts = counted("s3ds.requests{operation=\"get\",priority=\"foreground\",status=\"503\"}");
        assertTrue(attempts > 1, metrics.toString());
        assertEquals(attempts, counted("s3ds.throttles{operation=\"get\"}"));
        assertEquals(attempts - 1, counted("s3ds.retries{operation=\"get\"}"));
    }

    @Test
    void anObjectOfABulkDeleteThatIsThrottledIsAThrottleOfTheAnswer() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(request -> new ScriptedServer.Answer(
                        200,
                        asked.incrementAndGet() == 1
                                ? "<DeleteResult><Error><Key>A</Key><Code>SlowDown</Code></Error></DeleteResult>"
                                : "<DeleteResult><Deleted><Key>A</Key></Deleted></DeleteResult>"));
                Datastore store = new S3Datastore(server.config("", ""), metrics)) {
            Batch batch = store.batch();
            batch.delete(KEY);
            batch.commit();
        }
        assertEquals(2, counted("s3ds.requests{operation=\"delete_objects\",priority=\"foreground\",status=\"200\"}"));
        assertEquals(1, counted("s3ds.throttles{operation=\"delete_objects\"}"));
    }

    @Test
    void costsAreThoseOfTheTable() {
        Prices amazon = Prices.known("s3.eu-west-1.amazonaws.com", "STANDARD").orElseThrow();
        S3Meters meters = new S3Meters(metrics, () -> Optional.of(amazon));
        for (int i = 0; i < 1000; i++) {
            meters.sent(Operation.PUT, 1, 0);
            meters.sent(Operation.GET, 1, 0);
            meters.sent(Operation.DELETE, 1, 0);
        }
        meters.sent(Operation.LIST, 1, 0);
        assertEquals(0.005 + 0.0004 + 0.000005, metrics.gauges().getOrDefault("s3ds.cost_usd", -1.0), 1e-9);
        assertEquals(3001, metrics.gauges().getOrDefault("s3ds.in_flight", -1.0));
    }

    @Test
    void theFirstLineThatFitsCounts() throws Exception {
        assertEquals(
                0.01, Prices.known("amazonaws.com", "STANDARD_IA").orElseThrow().write());
        assertEquals(
                0,
                Prices.known("us-east-1.linodeobjects.com", "STANDARD")
                        .orElseThrow()
                        .read());
        assertEquals(Optional.empty(), Prices.known("notamazonaws.com", "STANDARD"));
        Path table = Files.writeString(folder.resolve("prices.csv"), "# mine\n\nexample.com,*,1,2,3\n*, *, 4, 5, 6\n");
        assertEquals(Optional.of(new Prices(1, 2, 3)), Prices.in(table, "s3.example.com", "STANDARD"));
        assertEquals(Optional.of(new Prices(4, 5, 6)), Prices.in(table, "localhost", "STANDARD"));
    }

    @Test
    void theTableOfTheSpecCounts() throws Exception {
        Files.writeString(folder.resolve("mine.csv"), "127.0.0.1, STANDARD_IA, 1000, 0, 0\n");
        try (TestServer server = TestServer.embedded(Files.createDirectory(folder.resolve("server")))) {
            Map<String, Object> spec = new HashMap<>(Map.of("storageClass", "STANDARD_IA", "priceFile", "mine.csv"));
            server.spec(server.bucket("").bucket(), "").forEach((key, value) -> spec.put(key, String.valueOf(value)));
            spec.remove("workers");
            StoreContext context = new StoreContext(folder, metrics, Map.of());
            try (Datastore store = S3Config.parse(new HashMap<>(spec)).open(context)) {
                store.get(KEY);
                assertEquals(0, metrics.gauges().getOrDefault("s3ds.cost_usd", -1.0));
                store.put(KEY, new byte[1]);
                assertEquals(1, metrics.gauges().getOrDefault("s3ds.cost_usd", -1.0));
            }
            Files.writeString(folder.resolve("mine.csv"), "nonsense\n");
            SpecException e = assertThrows(
                    SpecException.class,
                    () -> S3Config.parse(new HashMap<>(spec)).open(context));
            assertTrue(String.valueOf(e.getMessage()).contains("mine.csv has the line \"nonsense\""), e.toString());
        }
    }

    /** Every series is in the table of docs/operating.md, and none that is not there. */
    @Test
    void theDocumentHasEverySeries() throws Exception {
        Set<String> shown = new TreeSet<>();
        try (TestServer server = TestServer.embedded(folder);
                Datastore store = server.bucket("node1")
                        .open(new StoreContext(folder, metrics, Map.of()).with(new MemoryKeyTables()))) {
            store.has(KEY);
            List.of(
                            metrics.counters().keySet(),
                            metrics.histograms().keySet(),
                            metrics.gauges().keySet())
                    .forEach(all -> all.forEach(series -> shown.add(series.replaceFirst("\\{.*", ""))));
        }
        String document = Files.readString(Path.of("..", "docs", "operating.md"));
        Set<String> documented = Pattern.compile("(?m)^\\| `(s3ds\\.\\w+)")
                .matcher(document)
                .results()
                .map(found -> found.group(1))
                // of the node
                .filter(name -> !name.equals("s3ds.block_cache"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(shown, documented);
    }

    @Test
    void aWrongLineIsNamed() throws Exception {
        for (String line : new String[] {"example.com,*,1,2", "example.com,*,1,2,x", "example.com,*,-1,2,3"}) {
            Path table = Files.writeString(folder.resolve("prices.csv"), "*,*,1,1,1\n" + line);
            SpecException e = assertThrows(SpecException.class, () -> Prices.in(table, "localhost", "STANDARD"));
            String sentence = String.valueOf(e.getMessage());
            assertTrue(sentence.contains("\"" + line + "\"; a line is: server, class, write"), sentence);
        }
    }
}
