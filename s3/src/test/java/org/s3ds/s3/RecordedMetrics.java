package org.s3ds.s3;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.s3ds.datastore.Metrics;

/** The requests that a test counts, by operation whatever else is known of them, and the names that were skipped. */
final class RecordedMetrics implements Metrics {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    @Override
    public Counter counter(String name, String help, Map<String, String> labels) {
        return switch (name) {
            case "s3ds.requests" -> counted(labels.getOrDefault("operation", name));
            case "s3ds.names_skipped" -> counted(name);
            default -> amount -> {};
        };
    }

    private Counter counted(String label) {
        return counts.computeIfAbsent(label, l -> new LongAdder())::add;
    }

    @Override
    public Histogram histogram(String name, String help, Map<String, String> labels, List<Double> buckets) {
        return value -> {};
    }

    @Override
    public Gauge gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        return () -> {};
    }

    /** The counters that are not 0, by operation or by name; sets all to 0. */
    Map<String, Long> take() {
        Map<String, Long> taken = new TreeMap<>();
        counts.forEach((label, count) -> taken.put(label, count.sumThenReset()));
        taken.values().removeIf(count -> count == 0);
        return taken;
    }
}
