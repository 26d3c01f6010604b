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
import java.util.function.DoubleSupplier;
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

    /** A name with its labels. */
    private record Series(String name, SortedMap<String, String> labels) {
        Series(String name, Map<String, String> labels) {
            this(name, Collections.unmodifiableSortedMap(new TreeMap<>(labels)));
        }

        @Override
        public String toString() {
            return labels.isEmpty()
                    ? name
                    : labels.entrySet().stream()
                            .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                            .collect(Collectors.joining(",", name + "{", "}"));
        }
    }

    private final Map<Series, LongAdder> counters = new ConcurrentHashMap<>();
    private final Map<Series, Observations> histograms = new ConcurrentHashMap<>();
    private final ShownGauges<Series> gauges = new ShownGauges<>();

    /** Metrics with nothing counted. */
    public MemoryMetrics() {}

    @Override
    public Counter counter(String name, String help, Map<String, String> labels) {
        return counters.computeIfAbsent(new Series(name, labels), series -> new LongAdder())::add;
    }

    @Override
    public Histogram histogram(String name, String help, Map<String, String> labels, List<Double> buckets) {
        return histograms.computeIfAbsent(new Series(name, labels), series -> new Observations(buckets));
    }

    @Override
    public Gauge gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        return gauges.show(new Series(name, labels), value);
    }

    /** All counters, by series. */
    public SortedMap<String, Long> counters() {
        SortedMap<String, Long> read = new TreeMap<>();
        counters.forEach((series, sum) -> read.put(series.toString(), sum.sum()));
        return Collections.unmodifiableSortedMap(read);
    }

    /**
     * The counters of one name that have a label, by its value: those that differ in other labels alone are added up.
     */
    public SortedMap<String, Long> counters(String name, String label) {
        SortedMap<String, Long> read = new TreeMap<>();
        counters.forEach((series, sum) -> {
            String value = series.labels().get(label);
            if (value != null && series.name().equals(name)) {
                read.merge(value, sum.sum(), Long::sum);
            }
        });
        return Collections.unmodifiableSortedMap(read);
    }

    /** All histograms, by series. */
    public SortedMap<String, Distribution> histograms() {
        SortedMap<String, Distribution> read = new TreeMap<>();
        histograms.forEach((series, observations) -> read.put(series.toString(), observations.read()));
        return Collections.unmodifiableSortedMap(read);
    }

    /** All gauges that are not closed, by series. */
    public SortedMap<String, Double> gauges() {
        SortedMap<String, Double> read = new TreeMap<>();
        gauges.read().forEach((series, value) -> read.put(series.toString(), value));
        return Collections.unmodifiableSortedMap(read);
    }

    @Override
    public String toString() {
        return counters().toString();
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
