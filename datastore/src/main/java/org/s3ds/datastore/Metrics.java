package org.s3ds.datastore;

import java.util.List;
import java.util.Map;

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
            public String toString() {
                return "Metrics.none()";
            }
        };
    }
}
