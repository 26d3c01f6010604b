package org.s3ds.prometheus;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.s3ds.datastore.Metrics.Gauge;
import org.s3ds.datastore.ShownGauges;

/** The gauges of one name, asked for their values at each reading of the registry. */
final class GaugeFamily {
    private final ShownGauges<List<String>> shown = new ShownGauges<>();

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
        return shown.show(labels, value);
    }

    private void read(GaugeWithCallback.Callback callback) {
        shown.read().forEach((labels, sum) -> callback.call(sum, labels.toArray(String[]::new)));
    }
}
