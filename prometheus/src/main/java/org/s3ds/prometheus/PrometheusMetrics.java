package org.s3ds.prometheus;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.s3ds.datastore.Metrics;

/**
 * Metrics in a registry of Prometheus. Names are those of Kubo's binding: each dot is an underscore, and a counter ends
 * in {@code _total}. A name that Prometheus does not allow is left out, as Kubo does. All series of one name have the
 * same label names and buckets: those of the first.
 */
public final class PrometheusMetrics implements Metrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Map<String, io.prometheus.metrics.core.metrics.Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, io.prometheus.metrics.core.metrics.Histogram> histograms = new ConcurrentHashMap<>();
    private final Map<String, GaugeFamily> gauges = new ConcurrentHashMap<>();

    /** Metrics with nothing counted. */
    public PrometheusMetrics() {}

    @Override
    public Counter counter(String name, String help, Map<String, String> labels) {
        if (!isAllowed(name)) {
            return Metrics.none().counter(name, help, labels);
        }
        CounterDataPoint series = counters.computeIfAbsent(
                        written(name),
                        written -> io.prometheus.metrics.core.metrics.Counter.builder()
                                .name(written)
                                .help(help)
                                .labelNames(names(labels))
                                .register(registry))
                .labelValues(values(labels));
        return series::inc;
    }

    @Override
    public Histogram histogram(String name, String help, Map<String, String> labels, List<Double> buckets) {
        if (!isAllowed(name)) {
            return Metrics.none().histogram(name, help, labels, buckets);
        }
        DistributionDataPoint series = histograms
                .computeIfAbsent(
                        written(name),
                        written -> io.prometheus.metrics.core.metrics.Histogram.builder()
                                .name(written)
                                .help(help)
                                .labelNames(names(labels))
                                .classicOnly()
                                .classicUpperBounds(buckets.stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray())
                                .register(registry))
                .labelValues(values(labels));
        return series::observe;
    }

    @Override
    public Gauge gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        if (!isAllowed(name)) {
            return Metrics.none().gauge(name, help, labels, value);
        }
        return gauges.computeIfAbsent(written(name), written -> new GaugeFamily(registry, written, help, names(labels)))
                .show(List.of(values(labels)), value);
    }

    /** All of them as Prometheus reads them: its text format, version 0.0.4, in UTF-8. */
    public String text() {
        return new ExpositionText().of(registry.scrape());
    }

    @Override
    public String toString() {
        return "PrometheusMetrics(" + (counters.size() + histograms.size() + gauges.size()) + " names)";
    }

    private static boolean isAllowed(String name) {
        return PrometheusNaming.isValidLegacyMetricName(written(name));
    }

    private static String written(String name) {
        return name.replace('.', '_');
    }

    private static String[] names(Map<String, String> labels) {
        return new TreeMap<>(labels).keySet().toArray(String[]::new);
    }

    private static String[] values(Map<String, String> labels) {
        return new TreeMap<>(labels).values().toArray(String[]::new);
    }
}
