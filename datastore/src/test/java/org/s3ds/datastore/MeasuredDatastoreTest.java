package org.s3ds.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

final class MeasuredDatastoreTest extends DatastoreContract {
    private final MemoryMetrics metrics = new MemoryMetrics();
    private final AtomicLong nanoTime = new AtomicLong();

    /** A clock on which every call takes 2 ms. */
    @Override
    protected Datastore open() {
        return measured(new MemoryDatastore());
    }

    private Datastore measured(Datastore child) {
        return new MeasuredDatastore("s3.datastore", child, metrics, () -> nanoTime.getAndAdd(2_000_000));
    }

    @Test
    void everyCallIsCountedTimedAndSized() throws DatastoreException {
        store.put(Key.of("/a"), new byte[100]);
        store.put(Key.of("/b"), new byte[64]);
        store.get(Key.of("/a"));
        store.get(Key.of("/absent"));
        assertEquals(2, count("put_total"));
        assertEquals(2, count("get_total"));
        assertEquals(0, count("get.errors_total"));
        var puts = histogram("put.size_bytes");
        assertEquals(164, puts.sum());
        assertEquals(
                Map.of(64.0, 1L, 4096.0, 2L, 262144.0, 2L, 16777216.0, 2L, Double.POSITIVE_INFINITY, 2L),
                puts.buckets());
        assertEquals(1, histogram("get.size_bytes").count());
        var latency = histogram("put.latency_seconds");
        assertEquals(0.004, latency.sum(), 1e-9);
        assertEquals(
                Map.of(0.0001, 0L, 0.001, 0L, 0.01, 2L, 0.1, 2L, 1.0, 2L, Double.POSITIVE_INFINITY, 2L),
                latency.buckets());
    }

    @Test
    void aFailedCallCountsIsTimedAndIsAnError() {
        Datastore failing = measured(new FailingDatastore());
        assertThrows(DatastoreException.class, () -> failing.put(Key.of("/a"), new byte[10]));
        assertThrows(DatastoreException.class, () -> failing.get(Key.of("/a")));
        assertThrows(DatastoreException.class, () -> failing.query(Query.of(Key.ROOT)));
        for (String call : List.of("put", "get", "query")) {
            assertEquals(1, count(call + "_total"));
            assertEquals(1, count(call + ".errors_total"));
            assertEquals(1, histogram(call + ".latency_seconds").count());
        }
        assertEquals(1, histogram("put.size_bytes").count(), "sizes are observed before the put");
        assertEquals(0, histogram("get.size_bytes").count());
    }

    @Test
    void batchesAreCountedByOperation() throws DatastoreException {
        Batch batch = store.batch();
        batch.put(Key.of("/a"), new byte[5]);
        batch.delete(Key.of("/b"));
        batch.delete(Key.of("/c"));
        batch.commit();
        assertEquals(1, count("batchput_total"));
        assertEquals(2, count("batchdelete_total"));
        assertEquals(1, count("batchcommit_total"));
        assertEquals(5, histogram("batchput.size_bytes").sum());
        assertEquals(0, count("put_total"));
    }

    @Test
    void namesAndHelpTextsAreThoseOfKubo() {
        Map<String, String> helps = new LinkedHashMap<>();
        new MeasuredDatastore("x", new MemoryDatastore(), recordingHelps(helps));
        for (String call : List.of(
                "put",
                "sync",
                "get",
                "has",
                "getsize",
                "delete",
                "query",
                "check",
                "scrub",
                "gc",
                "du",
                "batchput",
                "batchdelete",
                "batchcommit")) {
            assertTrue(helps.containsKey("x." + call + "_total"), call);
            assertTrue(helps.containsKey("x." + call + ".errors_total"), call);
            assertTrue(helps.containsKey("x." + call + ".latency_seconds"), call);
        }
        assertEquals(14 * 3 + 3, helps.size());
        assertEquals("Total number of Datastore.Put calls", helps.get("x.put_total"));
        assertEquals("Number of errored Datastore.CollectGarbage calls", helps.get("x.gc.errors_total"));
        assertEquals("Latency distribution of Datastore.GetSize calls", helps.get("x.getsize.latency_seconds"));
        assertEquals("Total number of Batch.Commit calls", helps.get("x.batchcommit_total"));
        assertEquals("Size distribution of stored byte slices", helps.get("x.put.size_bytes"));
        assertEquals("Size distribution of retrieved byte slices", helps.get("x.get.size_bytes"));
        assertEquals("Size distribution of byte slices put into batches", helps.get("x.batchput.size_bytes"));
    }

    private static Metrics recordingHelps(Map<String, String> helps) {
        return new Metrics() {
            @Override
            public Counter counter(String name, String help, Map<String, String> labels) {
                helps.put(name, help);
                return amount -> {};
            }

            @Override
            public Histogram histogram(String name, String help, Map<String, String> labels, List<Double> buckets) {
                helps.put(name, help);
                return value -> {};
            }

            @Override
            public Gauge gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
                throw new AssertionError("go-ds-measure has no gauges, but " + name + " was made");
            }
        };
    }

    private long count(String suffix) {
        return metrics.counters().getOrDefault("s3.datastore." + suffix, -1L);
    }

    private MemoryMetrics.Distribution histogram(String suffix) {
        return Objects.requireNonNull(metrics.histograms().get("s3.datastore." + suffix));
    }
}
