package org.s3ds.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * What the failure of one attempt means: whether the server may have done what it was asked all the same, and what to
 * do before the next attempt. The table in {@code docs/design.md} says the same in words.
 *
 * @param cause what the SDK reported
 * @param remedy what may help
 * @param inDoubt whether a write may have been carried out
 * @param toldRegion the region that the body of the answer names
 */
record Fault(SdkException cause, Remedy remedy, boolean inDoubt, Optional<String> toldRegion) {
    /** What may help against a failure. */
    enum Remedy {
        /** Nothing: the next attempt would fail as this one did. */
        NONE,
        /** To try again. */
        RETRY,
        /** To try again, and to send less meanwhile. */
        SLOW_DOWN,
        /** To sign with the server's time; once. */
        SET_CLOCK,
        /** To get new keys; once. */
        RENEW_KEYS,
        /** To ask in the bucket's region; once. */
        MOVE
    }

    private static final Set<String> THROTTLES = Set.of(
            "SlowDown",
            "SlowDownRead",
            "SlowDownWrite",
            "RequestLimitExceeded",
            "TooManyRequests",
            "Throttling",
            "ThrottlingException",
            "BandwidthLimitExceeded");
    /** Refusals of this moment: the request came too slowly, cut, or beside another. */
    private static final Set<String> PASSING = Set.of(
            "RequestTimeout", "IncompleteBody", "OperationAborted", "ConditionalRequestConflict", "InternalError");

    private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired");
    private static final Set<String> ELSEWHERE =
            Set.of("PermanentRedirect", "TemporaryRedirect", "Redirect", "AuthorizationHeaderMalformed");

    /** There is no such bucket, or nobody with such a key; the last is VersityGW's, with status 404. */
    private static final Set<String> STRANGERS = Set.of("NoSuchBucket", "InvalidAccessKeyId", "XAdminUserNotFound");

    /** There is no room: MinIO's disks, its quota, VersityGW's disk, and the quota of VersityGW and Ceph. */
    private static final Set<String> FULL =
            Set.of("XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientStorage", "QuotaExceeded");

    private static final int NOT_IMPLEMENTED = 501;
    private static final int INSUFFICIENT_STORAGE = 507;
    private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9-]{1,64}");

    /** Judges the failure of an attempt. */
    static Fault of(SdkException cause, Optional<String> toldRegion) {
        return cause instanceof SdkServiceException answer
                ? new Fault(cause, remedy(answer), isInDoubt(answer), toldRegion)
                : new Fault(cause, remedyWithoutAnswer(cause), !neverSent(cause), toldRegion);
    }

    private static Remedy remedy(SdkServiceException answer) {
        int status = answer.statusCode();
        String code = code(answer);
        if (isFull(status, code)) {
            return Remedy.NONE;
        }
        if (THROTTLES.contains(code) || status == 429 || status == 503) {
            return Remedy.SLOW_DOWN;
        }
        if (PASSING.contains(code) || status == 408 || (status >= 500 && status != NOT_IMPLEMENTED)) {
            return Remedy.RETRY;
        }
        if (EXPIRED.contains(code)) {
            return Remedy.RENEW_KEYS;
        }
        if (code.equals("RequestTimeTooSkewed") || (status == 403 && code.isEmpty())) {
            return Remedy.SET_CLOCK;
        }
        boolean bareRefusal = code.isEmpty() && (status == 400 || status == 301 || status == 307);
        return ELSEWHERE.contains(code) || bareRefusal ? Remedy.MOVE : Remedy.NONE;
    }

    /** Whether an answer says that there is no room, which stays so until somebody makes some. */
    static boolean isFull(int status, String code) {
        return status == INSUFFICIENT_STORAGE || FULL.contains(code);
    }

    /** Who asks for less, or has no room, has done nothing; who failed, or says 200 with an error, may have. */
    private static boolean isInDoubt(SdkServiceException answer) {
        int status = answer.statusCode();
        return !THROTTLES.contains(code(answer))
                && !isFull(status, code(answer))
                && (status >= 500 || status == 408 || status < 300);
    }

    /** Without an answer the next attempt may get one, but where the same certificate or the same keys would fail. */
    private static Remedy remedyWithoutAnswer(SdkException cause) {
        if (cause instanceof AbortedException
                || has(cause, CertificateException.class)
                || has(cause, SSLPeerUnverifiedException.class)) {
            return Remedy.NONE;
        }
        boolean broken = cause instanceof RetryableException
                || has(cause, IOException.class)
                || has(cause, UncheckedIOException.class);
        return broken ? Remedy.RETRY : Remedy.NONE;
    }

    private static boolean neverSent(SdkException cause) {
        return has(cause, UnknownHostException.class)
                || has(cause, ConnectException.class)
                || has(cause, NoRouteToHostException.class)
                || has(cause, CertificateException.class)
                || has(cause, SSLPeerUnverifiedException.class);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the same request may succeed later, with nothing changed. */
    boolean isPassing() {
        return remedy == Remedy.RETRY || remedy == Remedy.SLOW_DOWN;
    }

    /** Whether it casts doubt on the bucket, or on our keys to it: what was known of them is to be asked anew. */
    boolean isDenial() {
        return cause instanceof SdkServiceException answer
                && (answer.statusCode() == 401 || answer.statusCode() == 403 || STRANGERS.contains(code(answer)));
    }

    /** The server's code, such as {@code NoSuchBucket}; empty without one. */
    static String code(SdkException answer) {
        return details(answer).map(AwsErrorDetails::errorCode).orElse("");
    }

    /** How long the server asks us to stay away; empty when it does not say. */
    Optional<Duration> retryAfter() {
        return header("Retry-After").flatMap(text -> {
            if (text.matches("[0-9]{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            Optional<Instant> until = date(text);
            return date().flatMap(now -> until.map(then -> Duration.between(now, then)))
                    .filter(Duration::isPositive);
        });
    }

    /** The region in which the server says the bucket is; empty when it does not say. */
    Optional<String> region() {
        return header("x-amz-bucket-region")
                .filter(text -> REGION_NAME.matcher(text).matches())
                .or(() -> toldRegion)
                .or(() -> details(cause)
                        .map(AwsErrorDetails::rawResponse)
                        .flatMap(body -> ToldRegion.in(body.asByteArrayUnsafe())));
    }

    /** The server's time, to the second; empty when it does not say. */
    Optional<Instant> date() {
        return header("Date").flatMap(Fault::date);
    }

    /** A moment as HTTP writes it; empty when it is none. */
    static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<String> header(String name) {
        return details(cause).map(AwsErrorDetails::sdkHttpResponse).flatMap(answer -> answer.firstMatchingHeader(name));
    }

    private static Optional<AwsErrorDetails> details(SdkException cause) {
        return cause instanceof AwsServiceException answer
                ? Optional.ofNullable(answer.awsErrorDetails())
                : Optional.empty();
    }
}
