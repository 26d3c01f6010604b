package org.s3ds.s3;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;

/** A call to S3 under way: what it does to which object, since when, and how often it was sent. */
final class Attempted {
    /** Where {@link RequestCount} finds the count of the call that it sees. */
    static final ExecutionAttribute<AtomicInteger> COUNT = new ExecutionAttribute<>("s3ds.attempts");

    private final String operation;
    private final String object;
    private final long start = System.nanoTime();
    private final AtomicInteger count = new AtomicInteger();

    Attempted(String operation, String object) {
        this.operation = operation;
        this.object = object;
    }

    /** Has the attempts of a request counted here. The SDK's own count is lost where it makes an error anew. */
    void countIn(AwsRequestOverrideConfiguration.Builder request) {
        request.putExecutionAttribute(COUNT, count);
    }

    /** What is known when it failed without an answer. */
    S3Failure unanswered() {
        return answered(0, "", "", count.get() > 0);
    }

    /** What is known when it failed by an answer. */
    S3Failure answered(int status, String code, String requestId, boolean retryMayHelp) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new S3Failure(operation, object, status, code, count.get(), elapsed, requestId, retryMayHelp);
    }

    /** The same call, as far as one of its objects is concerned. */
    S3Failure answeredFor(String name, String code, boolean retryMayHelp) {
        S3Failure all = answered(200, code, "", retryMayHelp);
        return new S3Failure(
                operation, object + "/" + name, 200, code, all.attempts(), all.elapsed(), "", retryMayHelp);
    }
}
