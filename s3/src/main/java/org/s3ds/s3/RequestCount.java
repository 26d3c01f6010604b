package org.s3ds.s3;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Metrics.Counter;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Counts HTTP requests, each attempt for itself, as {@code s3ds.requests} with the label {@code operation}. */
final class RequestCount implements ExecutionInterceptor {
    private static final Map<String, String> LABELS = Map.of(
            "PutObject", "put",
            "GetObject", "get",
            "HeadObject", "head",
            "DeleteObject", "delete",
            "DeleteObjects", "delete_objects",
            "ListObjectsV2", "list",
            "CreateBucket", "create_bucket");

    private final Map<String, Counter> counters;

    RequestCount(Metrics metrics) {
        this.counters = LABELS.values().stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), label -> counter(metrics, label)));
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        Counter counter = counters.get(LABELS.getOrDefault(operation, ""));
        if (counter == null) {
            throw new IllegalStateException("a request that nobody counts: " + operation);
        }
        counter.add(1);
        AtomicInteger ofCall = attributes.getAttribute(Attempted.COUNT);
        if (ofCall != null) {
            ofCall.incrementAndGet();
        }
    }

    private static Counter counter(Metrics metrics, String label) {
        return metrics.counter("s3ds.requests", "HTTP requests sent to S3", Map.of("operation", label));
    }
}
