package org.s3ds.datastore;

import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The metrics of one kind of call: how many, how many failed, how long they took. */
final class MeasuredCalls {
    /** A call with an answer. */
    interface Call<T> {
        T answer() throws DatastoreException;
    }

    /** A call without an answer. */
    interface Step {
        void run() throws DatastoreException;
    }

    private static final List<Double> SECONDS_BUCKETS = List.of(0.0001, 0.001, 0.01, 0.1, 1.0);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Metrics.Counter total;
    private final Metrics.Counter errors;
    private final Metrics.Histogram latency;
    private final LongSupplier nanoTime;

    MeasuredCalls(Metrics metrics, String name, String helpName, LongSupplier nanoTime) {
        total = metrics.counter(name + "_total", "Total number of " + helpName + " calls", Map.of());
        errors = metrics.counter(name + ".errors_total", "Number of errored " + helpName + " calls", Map.of());
        latency = metrics.histogram(
                name + ".latency_seconds", "Latency distribution of " + helpName + " calls", Map.of(), SECONDS_BUCKETS);
        this.nanoTime = nanoTime;
    }

    <T> T call(Call<T> call) throws DatastoreException {
        long start = nanoTime.getAsLong();
        boolean failed = true;
        try {
            T answer = call.answer();
            failed = false;
            return answer;
        } finally {
            total.add(1);
            errors.add(failed ? 1 : 0);
            latency.observe((nanoTime.getAsLong() - start) / NANOS_PER_SECOND);
        }
    }

    void run(Step step) throws DatastoreException {
        call(() -> {
            step.run();
            return true;
        });
    }
}
