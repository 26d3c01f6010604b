package org.s3ds.s3;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.s3ds.s3.Fault.Remedy;
import org.s3ds.s3.S3Failure.Outcome;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;

/** A call to S3 under way: what it does to which object, since when, how often it was sent, and how that failed. */
final class Attempted {
    /** Where those who see the requests of a call find it. */
    static final ExecutionAttribute<Attempted> CALL = new ExecutionAttribute<>("s3ds.call");

    private static final Set<String> READS = Set.of("get", "head", "list");

    private final String operation;
    private final String object;
    private final Priority priority;
    private final Time time;
    private final long start;
    private int count;
    private Optional<String> toldRegion = Optional.empty();
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
        request.putExecutionAttribute(CALL, this);
    }

    /** It was sent; returns how often by now. */
    int sent() {
        return ++count;
    }

    /** A refusal named the region of the bucket. */
    void toldRegion(String name) {
        toldRegion = Optional.of(name);
    }

    /** The region that the last refusal that named one has named; empty when none has. */
    Optional<String> toldRegion() {
        return toldRegion;
    }

    /** Whom it is for. */
    Priority priority() {
        return priority;
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
    S3Failure answeredFor(String name, Outcome outcome, String code, String requestId, boolean retryMayHelp) {
        return failure(object + "/" + name, outcome, 200, code, requestId, retryMayHelp);
    }

    private S3Failure failure(
            String what, Outcome outcome, int status, String code, String requestId, boolean retryMayHelp) {
        Duration elapsed = Duration.ofNanos(time.nanos() - start);
        return new S3Failure(operation, what, outcome, status, code, count, elapsed, requestId, retryMayHelp);
    }

    /** Whether it is a write of which nobody knows. */
    boolean mayHaveBeenDone() {
        return inDoubt && !isRead();
    }

    private boolean isRead() {
        return READS.contains(operation);
    }
}
