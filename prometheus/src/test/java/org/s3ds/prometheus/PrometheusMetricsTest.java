package org.s3ds.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MeasuredDatastore;
import org.s3ds.datastore.MemoryDatastore;

final class PrometheusMetricsTest {
    /** Kubo's names below a prefix, and what help texts call the operation. */
    private static final Map<String, String> OPERATIONS = Map.ofEntries(
            Map.entry("put", "Datastore.Put"),
            Map.entry("sync", "Datastore.Sync"),
            Map.entry("get", "Datastore.Get"),
            Map.entry("has", "Datastore.Has"),
            Map.entry("getsize", "Datastore.GetSize"),
            Map.entry("delete", "Datastore.Delete"),
            Map.entry("query", "Datastore.Query"),
            Map.entry("check", "Datastore.Check"),
            Map.entry("scrub", "Datastore.Scrub"),
            Map.entry("gc", "Datastore.CollectGarbage"),
            Map.entry("du", "Datastore.DiskUsage"),
            Map.entry("batchput", "Batch.Put"),
            Map.entry("batchdelete", "Batch.Delete"),
            Map.entry("batchcommit", "Batch.Commit"));

    private static final Map<String, String> SIZES = Map.of(
            "put", "Size distribution of stored byte slices",
            "get", "Size distribution of retrieved byte slices",
            "batchput", "Size distribution of byte slices put into batches");

    private final PrometheusMetrics metrics = new PrometheusMetrics();

    @Test
    void theMeasuredStoreShowsWhatKuboShows() throws Exception {
        Datastore store = new MeasuredDatastore("flatfs.datastore", new MemoryDatastore(), metrics);
        store.put(Key.of("/a"), new byte[100]);
        store.get(Key.of("/a"));
        store.get(Key.of("/missing"));
        String text = metrics.text();
        TreeSet<String> expected = new TreeSet<>();
        OPERATIONS.forEach((operation, helpName) -> {
            String name = "flatfs_datastore_" + operation;
            describe(expected, name + "_total", "counter", "Total number of " + helpName + " calls");
            describe(expected, name + "_errors_total", "counter", "Number of errored " + helpName + " calls");
            describe(
                    expected, name + "_latency_seconds", "histogram", "Latency distribution of " + helpName + " calls");
        });
        SIZES.forEach((operation, help) ->
                describe(expected, "flatfs_datastore_" + operation + "_size_bytes", "histogram", help));
        TreeSet<String> shown =
                text.lines().filter(line -> line.startsWith("#")).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(String.join("\n", expected), String.join("\n", shown));
        assertEquals("2", value(text, "flatfs_datastore_get_total"));
        assertEquals("0", value(text, "flatfs_datastore_get_errors_total"));
        assertEquals("1", value(text, "flatfs_datastore_get_size_bytes_count"));
    }

    private static void describe(Set<String> lines, String name, String type, String help) {
        lines.add("# HELP " + name + " " + help);
        lines.add("# TYPE " + name + " " + type);
    }

    private static String value(String text, String series) {
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> line.substring(series.length() + 1))
                .collect(Collectors.joining(","));
    }

    @Test
    void theBucketsOfTheMeasuredStoreAreNamedAsGoNamesThem() throws Exception {
        Datastore store = new MeasuredDatastore("s3.datastore", new MemoryDatastore(), metrics);
        store.put(Key.of("/a"), new byte[100]);
        String text = metrics.text();
        assertEquals(
                """
                s3_datastore_put_size_bytes_bucket{le="64"} 0
                s3_datastore_put_size_bytes_bucket{le="4096"} 1
                s3_datastore_put_size_bytes_bucket{le="262144"} 1
                s3_datastore_put_size_bytes_bucket{le="1.6777216e+07"} 1
                s3_datastore_put_size_bytes_bucket{le="+Inf"} 1
                s3_datastore_put_size_bytes_sum 100
                s3_datastore_put_size_bytes_count 1
                """.strip(),
                text.lines()
                        .filter(line -> line.startsWith("s3_datastore_put_size_bytes_"))
                        .collect(Collectors.joining("\n")));
        assertEquals(
                List.of("0.0001", "0.001", "0.01", "0.1", "1", "+Inf"),
                text.lines()
                        .filter(line -> line.startsWith("s3_datastore_get_latency_seconds_bucket"))
                        .map(line -> line.replaceAll(".*le=\"(.*)\".*", "$1"))
                        .toList());
    }

    @Test
    void labelsAndHelpsAreEscaped() {
        metrics.counter("s3ds.requests", "one\nline", Map.of("b", "2", "a", "\"\\\n"))
                .add(3);
        assertEquals("""
                # HELP s3ds_requests_total one\\nline
                # TYPE s3ds_requests_total counter
                s3ds_requests_total{a="\\"\\\\\\n",b="2"} 3
                """, metrics.text());
    }

    @Test
    void storesOfOneNameCountTogether() {
        metrics.counter("c", "help", Map.of("of", "a")).add(1);
        metrics.counter("c", "another help", Map.of("of", "a")).add(2);
        assertTrue(metrics.text().contains("c_total{of=\"a\"} 3\n"), metrics.text());
        assertThrows(IllegalArgumentException.class, () -> metrics.counter("c", "help", Map.of()));
    }

    @Test
    void aGaugeIsAskedWhenSomeoneLooksUntilItIsClosed() {
        AtomicLong value = new AtomicLong(1);
        var first = metrics.gauge("s3ds.in.flight", "help", Map.of("endpoint", "x"), value::get);
        var second = metrics.gauge("s3ds.in.flight", "help", Map.of("endpoint", "x"), value::get);
        value.set(5);
        assertTrue(metrics.text().contains("s3ds_in_flight{endpoint=\"x\"} 10\n"), metrics.text());
        first.close();
        first.close();
        assertTrue(metrics.text().contains("s3ds_in_flight{endpoint=\"x\"} 5\n"), metrics.text());
        second.close();
        assertEquals("", metrics.text());
    }

    @Test
    void aNameThatPrometheusDoesNotAllowIsLeftOut() {
        metrics.counter("my-store.put_total", "help", Map.of()).add(1);
        metrics.gauge("my-store.size", "help", Map.of(), () -> 1).close();
        metrics.histogram("my-store.size", "help", Map.of(), List.of(1.0)).observe(1);
        assertEquals("", metrics.text());
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0.0,0",
        "1,1",
        "-3,-3",
        "0.5,0.5",
        "0.0001,0.0001",
        "0.00001,1e-05",
        "0.000015,1.5e-05",
        "123456,123456",
        "262144,262144",
        "1e6,1e+06",
        "1234567,1.234567e+06",
        "1e21,1e+21",
        "-2.5e-7,-2.5e-07",
        "NaN,NaN",
        "Infinity,+Inf",
        "-Infinity,-Inf",
        "1e100,1e+100"
    })
    void numbersAreWrittenAsGoWritesThem(double value, String written) {
        assertEquals(written, ExpositionText.number(value));
    }
}
