package org.s3ds.s3;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.s3ds.s3.Fault.Remedy;
import org.s3ds.s3.S3Failure.Outcome;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;

/** A call to S3 under way: what it does to which object, since when, how often it was sent, and how that failed. */
final class Attempted {
    /** Where {@link RequestCount} finds the count of the call that it sees. */
    static final ExecutionAttribute<AtomicInteger> COUNT = new ExecutionAttribute<>("s3ds.attempts");

    private static final Set<String> READS = Set.of("get", "head", "list");

    private final String operation;
    private final String object;
    private final Priority priority;
    private final Time time;
    private final long start;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Remedy> tried = EnumSet.noneOf(Remedy.class);
    private int failures;
    private boolean inDoubt;
    private long queued;

    Attempted(String operation, String object, Priority priority, Time time) {
        this.operation = operation;
        this.object = object;
        this.priority = priority;
        this.time = time;
        this.start = time.nanos();
    }

    /** Has the attempts of a request counted here. The SDK's own count is lost where it makes an error anew. */
    void countIn(AwsRequestOverrideConfiguration.Builder request) {
        request.putExecutionAttribute(COUNT, count);
    }

    /** Whom it is for. */
    Priority priority() {
        return priority;
    }

    /** An attempt is sent; returns which, from 1. */
    int sent() {
        return count.incrementAndGet();
    }

    /** An attempt failed. */
    void failed(Fault fault) {
        failures++;
        inDoubt |= fault.inDoubt();
    }

    /** What came cannot be understood: the request may have been carried out, or not. */
    void doubt() {
        inDoubt = true;
    }

    /** Whether this is tried for the first time against its failures. */
    boolean isFirst(Remedy remedy) {
        return tried.add(remedy);
    }

    /** How often it failed, 0 or more. */
    int failures() {
        return failures;
    }

    /** Whether an attempt that failed may have been carried out all the same. */
    boolean inDoubt() {
        return inDoubt;
    }

    /** It waited for its turn. */
    void queued(long nanos) {
        queued += nanos;
    }

    /** How long it has taken, without the time in our queue. */
    Duration spent() {
        return Duration.ofNanos(time.nanos() - start - queued);
    }

    /** How long the next attempt may take: what is left, and no more than an attempt may. */
    Duration timeForAttempt(Persistence persistence) {
        Duration left = persistence.elapsed().minus(spent());
        Duration most = persistence.attempt();
        return left.compareTo(most) < 0 ? left : most;
    }

    /** What is known when it failed without an answer. */
    S3Failure unanswered(boolean retryMayHelp) {
        return failure(object, isRead() || inDoubt ? Outcome.UNKNOWN : Outcome.REFUSED, 0, "", "", retryMayHelp);
    }

    /** What is known when the server's last word was not a result. */
    S3Failure answered(int status, String code, String requestId, boolean retryMayHelp) {
        boolean told = isRead() ? status >= 300 && !retryMayHelp : !inDoubt;
        return failure(object, told ? Outcome.REFUSED : Outcome.UNKNOWN, status, code, requestId, retryMayHelp);
    }

    /** What is known of one object of a call that as a whole succeeded. */
    S3Failure answeredFor(String name, Outcome outcome, String code, boolean retryMayHelp) {
        return failure(object + "/" + name, outcome, 200, code, "", retryMayHelp);
    }

    private S3Failure failure(
            String what, Outcome outcome, int status, String code, String requestId, boolean retryMayHelp) {
        Duration elapsed = Duration.ofNanos(time.nanos() - start);
        return new S3Failure(operation, what, outcome, status, code, count.get(), elapsed, requestId, retryMayHelp);
    }

    /** Whether it is a write of which nobody knows. */
    boolean mayHaveBeenDone() {
        return inDoubt && !isRead();
    }

    private boolean isRead() {
        return READS.contains(operation);
    }
}
