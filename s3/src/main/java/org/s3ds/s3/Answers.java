package org.s3ds.s3;

import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * What an answer with status 200 must have to be a result. A login page, or a server that does not speak S3, says 200
 * too: what it says is no proof of anything.
 */
final class Answers {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    /** What says that the bytes are as stored; the second is what VersityGW keeps of how they were sent to it. */
    private static final Set<String> NO_CODINGS = Set.of("", "identity", "aws-chunked");

    private final S3Errors errors;
    private final InstantSource now;

    Answers(S3Errors errors, InstantSource now) {
        this.errors = errors;
        this.now = now;
    }

    /** A put: every S3 server answers it with a tag; whoever says 200 without one, as a login page, stored nothing. */
    void checkStored(Attempted call, ObjectAnswer stored) throws S3Exception {
        if (stored.tag() == null) {
            throw errors.malformed(call, stored.requestId(), "an object without an ETag");
        }
    }

    /**
     * A get, or a head. What is there has a tag, unless it was laid into a server's folder as a file: VersityGW then
     * sends none. Nothing is stored here in a coding, so an object that comes in one has neither the bytes nor the
     * length of what is stored.
     */
    void checkFound(Attempted call, ObjectAnswer found) throws S3Exception {
        if (!found.isOfS3()) {
            throw errors.malformed(call, found.requestId(), "an object without an ETag");
        }
        String coding = found.coding();
        if (coding != null && !NO_CODINGS.contains(coding)) {
            throw errors.malformed(
                    call, found.requestId(), "an object in the coding " + coding + ", which nobody asked for");
        }
    }

    /** The length of an object that is there, in bytes. */
    long length(Attempted call, ObjectAnswer found) throws S3Exception {
        checkFound(call, found);
        OptionalLong length = found.length();
        if (length.isEmpty()) {
            throw errors.malformed(call, found.requestId(), "an object without a length");
        }
        return length.getAsLong();
    }

    /** A delete: S3 says 204; whoever says 200, as a login page does, may have removed nothing. */
    void checkDeleted(Attempted call, ObjectAnswer deleted) throws S3Exception {
        if (deleted.status() != NO_CONTENT) {
            throw errors.malformed(call, deleted.requestId(), "a delete with status " + deleted.status());
        }
    }

    /**
     * A page of a listing.
     *
     * @param token what it was asked for with
     * @param times whether the objects have their times, by our clock
     */
    ListedPage page(Attempted call, ObjectAnswer answer, Optional<String> token, boolean times) throws S3Exception {
        try {
            PageXml page = PageXml.read(answer.plainBody(), times);
            S3Failure source = call.answered(OK, "", answer.requestId(), false);
            List<Listed> objects = times ? byOurClock(page.objects(), answer, call.spent()) : page.objects();
            return new ListedPage(objects, next(page, token), call.spent(), source);
        } catch (IOException e) {
            throw errors.malformed(call, answer.requestId(), "a listing that cannot be unpacked");
        } catch (ParseException e) {
            Optional<AwsServiceException> refusal = answer.refusal();
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            throw errors.malformed(call, answer.requestId(), String.valueOf(e.getMessage()));
        }
    }

    private List<Listed> byOurClock(List<Listed> objects, ObjectAnswer answer, Duration took) {
        ClockDifference clocks = answer.date()
                .map(said -> ClockDifference.of(said, now.instant(), took))
                .orElse(ClockDifference.NONE);
        return clocks.equals(ClockDifference.NONE)
                ? objects
                : objects.stream().map(object -> object.by(clocks)).toList();
    }

    /**
     * What to ask for after a page; empty after the last. An answer that does not say how to go on, and that it ends,
     * is none: its end would be a short list.
     */
    private static Optional<String> next(PageXml page, Optional<String> token) throws ParseException {
        if (page.more().isEmpty()) {
            throw new ParseException("a listing that does not say whether it ends", 0);
        }
        if (!page.more().get()) {
            return Optional.empty();
        }
        if (page.token().isEmpty() || page.token().equals(token)) {
            throw new ParseException("a listing that cannot be continued", 0);
        }
        return page.token();
    }

    /** The server's name for the request; empty without one. */
    static String requestId(S3Response answer) {
        String id = answer.responseMetadata().requestId();
        return id.equals("UNKNOWN") ? "" : id;
    }
}
