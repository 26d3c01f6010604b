package org.s3ds.datastore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import org.s3ds.datastore.Metrics.Gauge;

/**
 * The gauges that are not closed, for who implements {@link Metrics}: those of one series are added up. For use by any
 * thread.
 *
 * @param <S> what tells series apart
 */
public final class ShownGauges<S> {
    private final Map<S, List<Shown>> bySeries = new ConcurrentHashMap<>();

    /** None yet. */
    public ShownGauges() {}

    /**
     * Shows a value, until it is closed.
     *
     * @param value asked at each reading
     */
    public Gauge show(S series, DoubleSupplier value) {
        List<Shown> shown = bySeries.computeIfAbsent(series, s -> new CopyOnWriteArrayList<>());
        Shown gauge = new Shown(value, shown);
        shown.add(gauge);
        return gauge;
    }

    /** What they say now, by series; without series of which all are closed. */
    public Map<S, Double> read() {
        Map<S, Double> read = new HashMap<>();
        bySeries.forEach((series, shown) -> {
            if (!shown.isEmpty()) {
                read.put(
                        series,
                        shown.stream()
                                .mapToDouble(gauge -> gauge.value.getAsDouble())
                                .sum());
            }
        });
        return read;
    }

    /** Equal to itself alone, so that closing removes no other. */
    private static final class Shown implements Gauge {
        private final DoubleSupplier value;
        private final List<Shown> shown;

        Shown(DoubleSupplier value, List<Shown> shown) {
            this.value = value;
            this.shown = shown;
        }

        @Override
        public void close() {
            shown.remove(this);
        }
    }
}
