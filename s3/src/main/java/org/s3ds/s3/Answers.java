package org.s3ds.s3;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * What an answer with status 200 must have to be a result. A login page, or a server that does not speak S3, says 200
 * too: what it says is no proof of anything.
 */
final class Answers {
    private static final int NO_CONTENT = 204;
    /** What says that the bytes are as stored; the second is what VersityGW keeps of how they were sent to it. */
    private static final Set<String> NO_CODINGS = Set.of("", "identity", "aws-chunked");

    private final S3Errors errors;

    Answers(S3Errors errors) {
        this.errors = errors;
    }

    /** Every S3 server answers a put with a tag; whoever says 200 without one, such as a login page, stored nothing. */
    void checkTag(Attempted call, @Nullable String tag) throws S3Exception {
        if (tag == null) {
            throw errors.malformed(call, "an object without an ETag");
        }
    }

    /** What is there has a tag, unless it was laid into a server's folder as a file: VersityGW then sends none. */
    void checkFound(Attempted call, ObjectAnswer found) throws S3Exception {
        if (!found.isOfS3()) {
            throw errors.malformed(call, "an object without an ETag");
        }
    }

    /** Nothing is stored here in a coding, so the bytes of one that comes in it are not those that are stored. */
    void checkCoding(Attempted call, @Nullable String coding) throws S3Exception {
        if (coding != null && !NO_CODINGS.contains(coding)) {
            throw errors.malformed(call, "an object in the coding " + coding + ", which nobody asked for");
        }
    }

    /** The length of an object that is there, in bytes. */
    long length(Attempted call, ObjectAnswer found) throws S3Exception {
        checkFound(call, found);
        OptionalLong length = found.length();
        if (length.isEmpty()) {
            throw errors.malformed(call, "an object without a length");
        }
        return length.getAsLong();
    }

    /** S3 says 204; whoever says 200 with something to read, such as a login page, removed nothing. */
    void checkDeleted(Attempted call, SdkHttpResponse answer) throws S3Exception {
        boolean empty =
                answer.firstMatchingHeader("Content-Length").filter("0"::equals).isPresent();
        if (answer.statusCode() != NO_CONTENT && !empty) {
            throw errors.malformed(call, "a delete that is answered at length");
        }
    }

    /** By name one failure for each object that a bulk delete may have left. */
    Map<String, S3Exception> failures(Attempted call, List<String> names, DeleteObjectsResponse answer) {
        Set<String> unmentioned = new LinkedHashSet<>(names);
        answer.deleted().forEach(deleted -> unmentioned.remove(String.valueOf(deleted.key())));
        Map<String, S3Exception> failures = new LinkedHashMap<>();
        for (S3Error error : answer.errors()) {
            String name = String.valueOf(error.key());
            unmentioned.remove(name);
            failures.put(name, errors.undeleted(call, name, Objects.requireNonNullElse(error.code(), "")));
        }
        unmentioned.forEach(name -> failures.put(name, errors.unmentioned(call, name)));
        return failures;
    }

    /**
     * What to ask for after a page; empty after the last. An answer that does not say how to go on, and that it ends,
     * is none: its end would be a short list.
     */
    Optional<String> next(Attempted call, ListObjectsV2Response page, Optional<String> token) throws S3Exception {
        Boolean more = page.isTruncated();
        if (more == null) {
            throw errors.malformed(call, "a listing that does not say whether it ends");
        }
        if (!more) {
            return Optional.empty();
        }
        String next = page.nextContinuationToken();
        if (next == null || token.filter(next::equals).isPresent()) {
            throw errors.malformed(call, "a listing that cannot be continued");
        }
        return Optional.of(next);
    }
}
