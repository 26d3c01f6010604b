package org.s3ds.s3;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Metrics.Gauge;

/**
 * What the last listing of a whole store showed, and when. Kept while the store is open, and nowhere else: a figure of
 * another day, shown without its date, would look like one of now. From the first such listing on, metrics show both.
 */
final class LastListing implements AutoCloseable {
    /**
     * What was there.
     *
     * @param bytes the sum of the sizes of all values; what the server needs beside them it does not say
     * @param ended when the last page had come
     */
    record Total(long bytes, Instant ended) {}

    private static final double NANOS_PER_SECOND = 1e9;

    private final InstantSource now;
    private final Metrics metrics;
    private final Map<String, String> label;
    private final List<Gauge> gauges = new ArrayList<>();
    private Optional<Total> total = Optional.empty();

    /**
     * There was no listing yet.
     *
     * @param store what metrics call the store
     */
    LastListing(InstantSource now, Metrics metrics, String store) {
        this.now = now;
        this.metrics = metrics;
        this.label = Map.of("store", store);
    }

    /** A listing of everything has come to its end. */
    synchronized void ended(long bytes) {
        total = Optional.of(new Total(bytes, now.instant()));
        if (gauges.isEmpty()) {
            gauges.add(metrics.gauge(
                    "s3ds.stored_bytes",
                    "Bytes of all values, as the last listing of everything showed them",
                    label,
                    () -> total().map(last -> (double) last.bytes()).orElse(Double.NaN)));
            gauges.add(metrics.gauge(
                    "s3ds.stored_bytes_age_seconds",
                    "Time since that listing ended",
                    label,
                    () -> total().map(this::age).orElse(Double.NaN)));
        }
    }

    /** What the last one showed; empty when there was none. */
    synchronized Optional<Total> total() {
        return total;
    }

    private double age(Total last) {
        return Duration.between(last.ended(), now.instant()).toNanos() / NANOS_PER_SECOND;
    }

    @Override
    public synchronized void close() {
        gauges.forEach(Gauge::close);
    }
}
