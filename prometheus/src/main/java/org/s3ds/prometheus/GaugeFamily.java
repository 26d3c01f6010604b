package org.s3ds.prometheus;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import org.s3ds.datastore.Metrics.Gauge;

/** The gauges of one name, asked for their values at each reading of the registry. */
final class GaugeFamily {
    private final Map<List<String>, List<ShownValue>> series = new ConcurrentHashMap<>();

    GaugeFamily(PrometheusRegistry registry, String name, String help, String[] labels) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(this::read)
                .register(registry);
    }

    /** Adds a value, to be added up with others of the same labels. */
    Gauge show(List<String> labels, DoubleSupplier value) {
        return new ShownValue(value, series.computeIfAbsent(labels, l -> new CopyOnWriteArrayList<>()));
    }

    private void read(GaugeWithCallback.Callback callback) {
        series.forEach((labels, values) -> {
            if (!values.isEmpty()) {
                callback.call(values.stream().mapToDouble(ShownValue::now).sum(), labels.toArray(String[]::new));
            }
        });
    }

    /** Equal to itself alone, so that closing removes no other. */
    private static final class ShownValue implements Gauge {
        private final DoubleSupplier value;
        private final List<ShownValue> shown;

        ShownValue(DoubleSupplier value, List<ShownValue> shown) {
            this.value = value;
            this.shown = shown;
            shown.add(this);
        }

        double now() {
            return value.getAsDouble();
        }

        @Override
        public void close() {
            shown.remove(this);
        }
    }
}
