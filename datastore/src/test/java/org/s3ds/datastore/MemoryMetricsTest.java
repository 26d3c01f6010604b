package org.s3ds.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class MemoryMetricsTest {
    private final MemoryMetrics metrics = new MemoryMetrics();

    @Test
    void oneNameAndLabelsAreOneSeries() {
        metrics.counter("requests", "help", Map.of("operation", "put")).add(2);
        metrics.counter("requests", "help", Map.of("operation", "put")).add(3);
        metrics.counter("requests", "help", Map.of("operation", "get")).add(1);
        metrics.counter("plain", "help", Map.of()).add(0);
        assertEquals(
                Map.of("requests{operation=\"put\"}", 5L, "requests{operation=\"get\"}", 1L, "plain", 0L),
                metrics.counters());
    }

    @Test
    void labelsStandInAlphabeticalSequence() {
        metrics.counter("c", "help", Map.of("b", "2", "a", "1")).add(1);
        assertEquals("c{a=\"1\",b=\"2\"}", metrics.counters().firstKey());
    }

    @Test
    void aBoundBelongsToItsBucket() {
        var histogram = metrics.histogram("h", "help", Map.of(), List.of(1.0, 10.0));
        List.of(0.5, 1.0, 1.5, 10.0, 11.0).forEach(histogram::observe);
        var seen = metrics.histograms().values().iterator().next();
        assertEquals(5, seen.count());
        assertEquals(24, seen.sum());
        assertEquals(Map.of(1.0, 2L, 10.0, 4L, Double.POSITIVE_INFINITY, 5L), seen.buckets());
    }

    @Test
    void countersAreAddedUpByOneLabel() {
        metrics.counter("c", "help", Map.of("operation", "put", "status", "200"))
                .add(3);
        metrics.counter("c", "help", Map.of("operation", "put", "status", "503"))
                .add(1);
        metrics.counter("c", "help", Map.of("operation", "get", "status", "200"))
                .add(5);
        metrics.counter("other", "help", Map.of("operation", "get")).add(7);
        assertEquals(Map.of("put", 4L, "get", 5L), metrics.counters("c", "operation"));
    }

    @Test
    void aGaugeIsAskedWhenSomeoneLooksUntilItIsClosed() {
        AtomicLong value = new AtomicLong(1);
        var first = metrics.gauge("g", "help", Map.of(), value::get);
        var second = metrics.gauge("g", "help", Map.of(), value::get);
        value.set(5);
        assertEquals(Map.of("g", 10.0), metrics.gauges(), "two of one series are shown as their sum");
        first.close();
        first.close();
        assertEquals(Map.of("g", 5.0), metrics.gauges());
        second.close();
        assertEquals(Map.of(), metrics.gauges());
    }

    @Test
    void nothingIsLostAmongThreads() throws Exception {
        var counter = metrics.counter("c", "help", Map.of());
        Together.each(Collections.nCopies(1_000, counter), each -> each.add(1));
        assertEquals(Map.of("c", 1_000L), metrics.counters());
    }
}
