package org.s3ds.s3;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.s3ds.s3.Fault.Remedy;
import org.s3ds.s3.S3Failure.Outcome;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * A bulk delete under way, attempt after attempt: the answer to each is 200, and says of every object what became of
 * it. Objects that are refused for the moment are asked for again, without the others.
 */
final class Deletion {
    private final Attempted call;
    private final S3Errors errors;
    private final S3Meters meters;
    private final Set<String> left;
    /** For each object that is left why, as the last answer has it; none before the first. */
    private final Map<String, S3Exception> passing = new LinkedHashMap<>();

    private final Map<String, S3Exception> failures = new LinkedHashMap<>();
    private boolean isAnswered;
    private boolean isLastWordOfKeys;

    /** Of objects by name. */
    Deletion(Attempted call, S3Errors errors, S3Meters meters, List<String> names) {
        this.call = call;
        this.errors = errors;
        this.meters = meters;
        this.left = new LinkedHashSet<>(names);
    }

    /** The objects to ask for in the next attempt. */
    List<String> left() {
        isLastWordOfKeys = false;
        return List.copyOf(left);
    }

    /**
     * Takes an answer in.
     *
     * @return true
     * @throws SdkServiceException when some objects are left, which another attempt may remove
     */
    boolean answered(DeleteObjectsResponse answer) {
        isAnswered = true;
        passing.clear();
        Set<String> unmentioned = new LinkedHashSet<>(left);
        answer.deleted().forEach(deleted -> unmentioned.remove(String.valueOf(deleted.key())));
        Optional<Fault> again = Optional.empty();
        for (S3Error error : answer.errors()) {
            String name = String.valueOf(error.key());
            unmentioned.remove(name);
            Fault fault = Fault.of(refusal(answer, error), Optional.empty());
            (fault.isPassing() ? passing : failures).put(name, undeleted(answer, name, fault));
            if (fault.isPassing() && (again.isEmpty() || fault.remedy() == Remedy.SLOW_DOWN)) {
                again = Optional.of(fault);
            }
        }
        unmentioned.forEach(name -> failures.put(name, errors.unmentioned(call, Answers.requestId(answer), name)));
        left.retainAll(passing.keySet());
        if (again.isPresent()) {
            isLastWordOfKeys = true;
            if (again.get().remedy() == Remedy.SLOW_DOWN) {
                meters.throttled(Operation.DELETE_OBJECTS);
            }
            throw again.get().cause();
        }
        return true;
    }

    private S3Exception undeleted(DeleteObjectsResponse answer, String name, Fault fault) {
        Outcome outcome = fault.inDoubt() || call.inDoubt() ? Outcome.UNKNOWN : Outcome.REFUSED;
        return errors.undeleted(call, outcome, Answers.requestId(answer), name, fault);
    }

    /** As if the object had been asked for alone, with the status that S3 gives to such an error. */
    private static SdkServiceException refusal(DeleteObjectsResponse answer, S3Error error) {
        String code = Objects.requireNonNullElse(error.code(), "");
        int status = switch (code) {
            case "InternalError" -> 500;
            case "SlowDown", "ServiceUnavailable" -> 503;
            default -> 400;
        };
        return (SdkServiceException) software.amazon.awssdk.services.s3.model.S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .sdkHttpResponse(answer.sdkHttpResponse())
                        .build())
                .build();
    }

    /**
     * The last attempt has failed.
     *
     * @throws S3Exception the failure itself, when no attempt has told of any object
     */
    void failed(S3Exception failure) throws S3Exception {
        if (!isAnswered) {
            throw failure;
        }
        left.forEach(name -> failures.put(name, isLastWordOfKeys ? passing.getOrDefault(name, failure) : failure));
    }

    /** By name one failure for each object that may still be there. */
    Map<String, S3Exception> failures() {
        return failures;
    }
}
