package org.s3ds.s3;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Metrics.Counter;
import org.s3ds.datastore.Metrics.Gauge;
import org.s3ds.datastore.Metrics.Histogram;

/**
 * What a store counts of its requests; {@code docs/configuration.md} has the table. Each HTTP attempt counts for
 * itself. For any number of threads.
 */
final class S3Meters implements AutoCloseable {
    /** The status of an attempt that got no answer, or only part of one. */
    static final String NO_ANSWER = "none";

    private static final double NANOS_PER_SECOND = 1e9;
    private static final List<Double> SECONDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

    private record Kind(Operation operation, Priority priority, String status) {}

    private final Metrics metrics;
    private final Map<Kind, Counter> requests = new ConcurrentHashMap<>();
    private final Map<Operation, LongAdder> sent = new EnumMap<>(Operation.class);
    private final Map<Operation, Histogram> seconds = new EnumMap<>(Operation.class);
    private final Map<Operation, Counter> retries = new EnumMap<>(Operation.class);
    private final Map<Operation, Counter> throttles = new EnumMap<>(Operation.class);
    private final Counter bytesSent;
    private final Counter bytesReceived;
    private final LongAdder inFlight = new LongAdder();
    private final List<Gauge> gauges = new ArrayList<>();

    /**
     * Nothing is counted yet.
     *
     * @param prices asked for when someone looks; empty where nobody knows what requests cost
     */
    S3Meters(Metrics metrics, Supplier<Optional<Prices>> prices) {
        this.metrics = metrics;
        for (Operation each : Operation.values()) {
            Map<String, String> label = Map.of("operation", each.label());
            sent.put(each, new LongAdder());
            seconds.put(each, metrics.histogram("s3ds.request_seconds", "Time to the whole answer", label, SECONDS));
            retries.put(each, metrics.counter("s3ds.retries", "Attempts of a call after its first", label));
            throttles.put(each, metrics.counter("s3ds.throttles", "Answers that ask for fewer requests", label));
        }
        bytesSent = metrics.counter("s3ds.bytes_sent", "Bytes of request bodies", Map.of());
        bytesReceived = metrics.counter("s3ds.bytes_received", "Bytes of answer bodies", Map.of());
        gauges.add(metrics.gauge("s3ds.in_flight", "Requests without a whole answer yet", Map.of(), inFlight::sum));
        gauges.add(metrics.gauge(
                "s3ds.cost_usd",
                "What the requests cost by the price table, in US dollars; NaN when the server is not in it",
                Map.of(),
                () -> prices.get().map(this::cost).orElse(Double.NaN)));
    }

    /**
     * Shows how a governor holds requests back.
     *
     * @param store who asks it, in words: another store's may be the same one
     */
    void show(Governor governor, String store) {
        Map<String, String> label = Map.of("store", store);
        gauges.add(metrics.gauge(
                "s3ds.requests_per_second",
                "At most so many requests are sent to the endpoint now; infinite when it refuses none",
                label,
                governor::perSecond));
        gauges.add(metrics.gauge(
                "s3ds.waiting", "Requests to the endpoint that wait for their turn", label, governor::waiting));
    }

    /**
     * A request goes out.
     *
     * @param attempt 1 for the first of its call
     */
    void sent(Operation operation, int attempt, long bytes) {
        inFlight.increment();
        of(sent, operation).increment();
        bytesSent.add(bytes);
        if (attempt > 1) {
            of(retries, operation).add(1);
        }
    }

    /**
     * A request is over.
     *
     * @param status of the answer, or {@link #NO_ANSWER}
     */
    void ended(Operation operation, Priority priority, String status, long bytes, long nanos) {
        inFlight.decrement();
        requests.computeIfAbsent(new Kind(operation, priority, status), this::counter)
                .add(1);
        bytesReceived.add(bytes);
        of(seconds, operation).observe(nanos / NANOS_PER_SECOND);
    }

    /** The server asked for fewer requests. */
    void throttled(Operation operation) {
        of(throttles, operation).add(1);
    }

    private Counter counter(Kind kind) {
        return metrics.counter(
                "s3ds.requests",
                "HTTP requests sent to S3",
                Map.of(
                        "operation",
                        kind.operation().label(),
                        "priority",
                        kind.priority().name().toLowerCase(Locale.ROOT),
                        "status",
                        kind.status()));
    }

    private double cost(Prices prices) {
        return sent.entrySet().stream()
                .mapToDouble(each -> each.getValue().sum() * prices.of(each.getKey()))
                .sum();
    }

    private static <T> T of(Map<Operation, T> series, Operation operation) {
        return Objects.requireNonNull(series.get(operation));
    }

    /** What is counted stays; what is shown of now goes. */
    @Override
    public void close() {
        gauges.forEach(Gauge::close);
    }
}
