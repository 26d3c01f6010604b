package org.s3ds.datastore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Metrics kept in memory, to be read by the program itself. A series is named {@code s3ds.requests{operation="put"}},
 * or by its name alone when it has no labels; labels come in alphabetical sequence. For use by any thread; what is read
 * while others count is right for some moment of the reading, each series for itself.
 */
public final class MemoryMetrics implements Metrics {
    /**
     * What a histogram has seen.
     *
     * @param count how many values
     * @param sum of all values
     * @param buckets how many were at most each upper bound, by that bound, rising; the last is infinity
     */
    public record Distribution(long count, double sum, SortedMap<Double, Long> buckets) {}

    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
    private final Map<String, Observations> histograms = new ConcurrentHashMap<>();

    /** Metrics with nothing counted. */
    public MemoryMetrics() {}

    @Override
    public Counter counter(String name, String help, Map<String, String> labels) {
        return counters.computeIfAbsent(series(name, labels), series -> new LongAdder())::add;
    }

    @Override
    public Histogram histogram(String name, String help, Map<String, String> labels, List<Double> buckets) {
        return histograms.computeIfAbsent(series(name, labels), series -> new Observations(buckets));
    }

    /** All counters, by series. */
    public SortedMap<String, Long> counters() {
        SortedMap<String, Long> read = new TreeMap<>();
        counters.forEach((series, sum) -> read.put(series, sum.sum()));
        return Collections.unmodifiableSortedMap(read);
    }

    /** All histograms, by series. */
    public SortedMap<String, Distribution> histograms() {
        SortedMap<String, Distribution> read = new TreeMap<>();
        histograms.forEach((series, observations) -> read.put(series, observations.read()));
        return Collections.unmodifiableSortedMap(read);
    }

    @Override
    public String toString() {
        return counters().toString();
    }

    private static String series(String name, Map<String, String> labels) {
        if (labels.isEmpty()) {
            return name;
        }
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                        .collect(Collectors.joining(",", name + "{", "}"));
    }

    /** The values of one histogram, counted by the first bound that is not below them. */
    private static final class Observations implements Histogram {
        private final List<Double> bounds;
        private final List<LongAdder> counts;
        private final DoubleAdder sum = new DoubleAdder();

        Observations(List<Double> buckets) {
            bounds = new ArrayList<>(buckets);
            bounds.add(Double.POSITIVE_INFINITY);
            counts = bounds.stream().map(bound -> new LongAdder()).toList();
        }

        @Override
        public void observe(double value) {
            int bucket = Collections.binarySearch(bounds, value);
            counts.get(bucket < 0 ? -bucket - 1 : bucket).increment();
            sum.add(value);
        }

        Distribution read() {
            SortedMap<Double, Long> buckets = new TreeMap<>();
            long count = 0;
            for (int i = 0; i < bounds.size(); i++) {
                count += counts.get(i).sum();
                buckets.put(bounds.get(i), count);
            }
            return new Distribution(count, sum.sum(), Collections.unmodifiableSortedMap(buckets));
        }
    }
}
