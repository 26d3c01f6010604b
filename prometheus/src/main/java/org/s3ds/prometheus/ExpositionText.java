package org.s3ds.prometheus;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.math.BigDecimal;

/**
 * Prometheus's text format, version 0.0.4, with numbers as Go writes them: a bucket's bound is a label, and a dashboard
 * made for Kubo asks for {@code le="0.0001"} and {@code le="64"}, where Java's library has {@code 1.0E-4} and
 * {@code 64.0}.
 */
final class ExpositionText {
    /** Go writes plain digits from this power of ten on, and up to below the other; beyond, an exponent. */
    private static final int SMALLEST_PLAIN = -4;

    private static final int FIRST_NOT_PLAIN = 6;

    private final StringBuilder text = new StringBuilder();

    String of(MetricSnapshots snapshots) {
        for (MetricSnapshot snapshot : snapshots) {
            if (snapshot.getDataPoints().isEmpty()) {
                continue; // as Go's library does
            }
            switch (snapshot) {
                case CounterSnapshot counter -> counter(counter);
                case GaugeSnapshot gauge -> gauge(gauge);
                case HistogramSnapshot histogram -> histogram(histogram);
                default -> throw new IllegalStateException("no metric of ours is a " + snapshot.getClass());
            }
        }
        return text.toString();
    }

    private void counter(CounterSnapshot counter) {
        String name = counter.getMetadata().getPrometheusName() + "_total";
        head(name, counter.getMetadata(), "counter");
        counter.getDataPoints().forEach(point -> line(name, point.getLabels(), point.getValue()));
    }

    private void gauge(GaugeSnapshot gauge) {
        String name = gauge.getMetadata().getPrometheusName();
        head(name, gauge.getMetadata(), "gauge");
        gauge.getDataPoints().forEach(point -> line(name, point.getLabels(), point.getValue()));
    }

    private void histogram(HistogramSnapshot histogram) {
        String name = histogram.getMetadata().getPrometheusName();
        head(name, histogram.getMetadata(), "histogram");
        histogram.getDataPoints().forEach(point -> distribution(name, point));
    }

    private void distribution(String name, HistogramDataPointSnapshot point) {
        ClassicHistogramBuckets buckets = point.getClassicBuckets();
        double count = 0;
        for (int i = 0; i < buckets.size(); i++) {
            count += buckets.getCount(i);
            line(name + "_bucket", point.getLabels().add("le", number(buckets.getUpperBound(i))), count);
        }
        line(name + "_sum", point.getLabels(), point.getSum());
        line(name + "_count", point.getLabels(), count);
    }

    private void head(String name, MetricMetadata metadata, String type) {
        String help = String.valueOf(metadata.getHelp()).replace("\\", "\\\\").replace("\n", "\\n");
        text.append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, help, name, type));
    }

    private void line(String name, Labels labels, double value) {
        text.append(name);
        for (int i = 0; i < labels.size(); i++) {
            text.append(i == 0 ? '{' : ',').append(labels.getPrometheusName(i)).append("=\"");
            text.append(labels.getValue(i)
                    .replace("\\", "\\\\")
                    .replace("\"", "\\\"")
                    .replace("\n", "\\n"));
            text.append('"');
        }
        text.append(labels.isEmpty() ? " " : "} ").append(number(value)).append('\n');
    }

    /** As Go's {@code strconv.FormatFloat(value, 'g', -1, 64)}. */
    static String number(double value) {
        if (value == 0) {
            return "0";
        }
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        boolean plain = exponent >= SMALLEST_PLAIN && exponent < FIRST_NOT_PLAIN;
        return plain ? exact.toPlainString() : withExponent(exact, exponent);
    }

    /** Such as {@code 1.5e-05}: at least two digits of exponent, and always its sign. */
    private static String withExponent(BigDecimal exact, int exponent) {
        String digits = exact.unscaledValue().abs().toString();
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        String sign = exact.signum() < 0 ? "-" : "";
        return "%s%s%se%s%02d"
                .formatted(sign, digits.charAt(0), fraction, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
