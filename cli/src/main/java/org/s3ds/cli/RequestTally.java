package org.s3ds.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Metrics;

/** Metrics that go where others go, and that can say how many requests were sent to S3. */
final class RequestTally implements Metrics {
    /** What the S3 store calls them, whatever the labels. */
    private static final String REQUESTS = "s3ds.requests";

    private static final String SENT = "s3ds.bytes_sent";

    private final Metrics next;
    private final LongAdder requests = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private volatile boolean counted;
    private volatile @Nullable Answer last;

    /** How a request to S3 ended, and when. */
    private record Answer(String status, Instant time) {}

    RequestTally(Metrics next) {
        this.next = next;
    }

    /** How many so far; empty when no store has sent any, as when blocks are in files. */
    OptionalLong requests() {
        return counted ? OptionalLong.of(requests.sum()) : OptionalLong.empty();
    }

    /** How many bytes were sent to S3 so far, each time that they were. */
    long bytesSent() {
        return sent.sum();
    }

    /** How the last request to S3 ended, in a sentence: its status, or {@code none} when there was no answer. */
    String lastAnswer() {
        Answer answer = last;
        return answer == null
                ? "S3 was not asked anything yet"
                : "the last answer of S3: %s, at %s".formatted(answer.status(), answer.time());
    }

    @Override
    public Counter counter(String name, String help, Map<String, String> labels) {
        Counter counter = next.counter(name, help, labels);
        if (name.equals(SENT)) {
            return amount -> {
                sent.add(amount);
                counter.add(amount);
            };
        }
        if (!name.equals(REQUESTS)) {
            return counter;
        }
        counted = true;
        String status = labels.getOrDefault("status", "");
        return amount -> {
            last = new Answer(status, Instant.now());
            requests.add(amount);
            counter.add(amount);
        };
    }

    @Override
    public Histogram histogram(String name, String help, Map<String, String> labels, List<Double> buckets) {
        return next.histogram(name, help, labels, buckets);
    }

    @Override
    public Gauge gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        return next.gauge(name, help, labels, value);
    }
}
