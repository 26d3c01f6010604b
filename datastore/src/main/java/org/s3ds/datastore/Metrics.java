package org.s3ds.datastore;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Where counts and distributions go. Asking twice for one name and labels gives the same series. All of it may be used
 * by any thread, and costs nanoseconds.
 */
public interface Metrics {
    /**
     * A number that only rises.
     *
     * @param name with dots between its parts; a registry may write them otherwise
     * @param help one line
     * @param labels label names and values; empty for none
     */
    Counter counter(String name, String help, Map<String, String> labels);

    /**
     * A distribution.
     *
     * @param buckets upper bounds, rising; one without bound is always added
     */
    Histogram histogram(String name, String help, Map<String, String> labels, List<Double> buckets);

    /**
     * A number that rises and falls. It is asked for when someone looks, from any thread, and must then be at hand
     * without waiting. Several of one name and labels are shown as their sum.
     *
     * @return to be closed when there is nothing more to show, such as with the store that it is about
     */
    Gauge gauge(String name, String help, Map<String, String> labels, DoubleSupplier value);

    /** A number that only rises. */
    interface Counter {
        /** Adds {@code amount}, 0 or more. */
        void add(long amount);
    }

    /** A distribution of observed values. */
    interface Histogram {
        /** Adds one value. */
        void observe(double value);
    }

    /** A number that is shown until it is closed. */
    interface Gauge extends AutoCloseable {
        /** From now on nobody asks for the value. Closing twice is closing once. */
        @Override
        void close();
    }

    /** Metrics that go nowhere. */
    static Metrics none() {
        return new Metrics() {
            @Override
            public Counter counter(String name, String help, Map<String, String> labels) {
                return amount -> {};
            }

            @Override
            public Histogram histogram(String name, String help, Map<String, String> labels, List<Double> buckets) {
                return value -> {};
            }

            @Override
            public Gauge gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
                return () -> {};
            }

            @Override
            public String toString() {
                return "Metrics.none()";
            }
        };
    }
}
