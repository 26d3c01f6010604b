package org.s3ds.s3;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.s3ds.s3.S3Failure.Outcome;
import org.s3ds.s3.credentials.CredentialsException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Says in a user's words what the SDK reports: what was wrong, and what to do about it. */
final class S3Errors {
    private final S3Config config;
    private final Supplier<Optional<ProxyChoice>> proxy;

    /** @param proxy whom we connect to instead of the server */
    S3Errors(S3Config config, Supplier<Optional<ProxyChoice>> proxy) {
        this.config = config;
        this.proxy = proxy;
    }

    /** The failure of a call that is not tried again. */
    S3Exception translate(Attempted call, Fault fault) {
        boolean retry = fault.isPassing();
        return switch (fault.cause()) {
            case SdkServiceException answer -> {
                String code = Fault.code(answer);
                String id = Objects.requireNonNullElse(answer.requestId(), "");
                S3Failure failure = call.answered(answer.statusCode(), code, id, retry);
                yield exception(call, answered(answer.statusCode(), code, fault.region()), failure, answer);
            }
            case AbortedException aborted -> interrupted(call, aborted);
            case SdkException silent -> exception(call, silent(silent), call.unanswered(retry), silent);
        };
    }

    /** The failure of a call whose thread was interrupted; the flag is set again. */
    S3Exception interrupted(Attempted call, Exception cause) {
        Thread.currentThread().interrupt();
        return exception(call, "the request was interrupted", call.unanswered(true), cause);
    }

    /** The failure of a call that was answered as no S3 server answers. */
    S3Exception malformed(Attempted call, String requestId, String what) {
        call.doubt();
        return exception(
                call,
                "the answer of " + config.place() + " is not S3's: " + what + "; check \"regionEndpoint\"",
                call.answered(200, "", requestId, false),
                null);
    }

    /** The failure of a put with which the server did not do what was asked; the object is there. */
    S3Exception unheeded(Attempted call, String complaint) {
        return new S3Exception(complaint, call.answered(200, "", "", false), null);
    }

    /** The failure of one object of a bulk delete that as a whole was answered with 200. */
    S3Exception undeleted(Attempted call, Outcome outcome, String requestId, String name, Fault fault) {
        String code = Fault.code(fault.cause());
        String sentence = answered(200, code, Optional.empty());
        S3Failure failure = call.answeredFor(name, outcome, code, requestId, fault.isPassing());
        return outcome == Outcome.UNKNOWN
                ? new OutcomeUnknownException(sentence, failure, null)
                : new S3Exception(sentence, failure, null);
    }

    /** The failure of one object of a bulk delete whose answer does not mention it. */
    S3Exception unmentioned(Attempted call, String requestId, String name) {
        return new OutcomeUnknownException(
                "the answer of " + config.place() + " does not say what became of the object; delete it again",
                call.answeredFor(name, Outcome.UNKNOWN, "", requestId, true),
                null);
    }

    /** The failure to create an object that was there when the question came whether it was created. */
    S3Exception lost(Attempted call, @Nullable S3Exception whenLooking) {
        String sentence = whenLooking == null
                ? "an answer was lost, and now there is another object of that name"
                : "an answer was lost, and looking what is there failed";
        return new OutcomeUnknownException(sentence, call.answered(412, "PreconditionFailed", "", false), whenLooking);
    }

    private static S3Exception exception(
            Attempted call, String sentence, S3Failure failure, @Nullable Throwable cause) {
        return call.mayHaveBeenDone()
                ? new OutcomeUnknownException(sentence, failure, cause)
                : new S3Exception(sentence, failure, cause);
    }

    private String answered(int status, String code, Optional<String> region) {
        if (Fault.isFull(status, code)) {
            return config.place() + " has no room left for bucket \"" + config.bucket()
                    + "\"; make room there, or have its quota raised";
        }
        return switch (code) {
            case "NoSuchBucket" ->
                "there is no bucket \"" + config.bucket() + "\" at " + config.place()
                        + "; create it, or correct \"bucket\" in the spec";
            case "SignatureDoesNotMatch" ->
                config.place() + " refused the signature: the secret key is not the one of access key \""
                        + config.keys().access() + "\"; correct \"secretKey\"";
            // the second is VersityGW's, with status 404
            case "InvalidAccessKeyId", "XAdminUserNotFound" ->
                config.place() + " does not know the access key \""
                        + config.keys().access() + "\"; correct \"accessKey\"";
            // the last is MinIO's
            case "ExpiredToken", "InvalidToken", "TokenRefreshRequired", "InvalidTokenId" ->
                "the session token is expired or wrong; get new temporary keys";
            case "RequestTimeTooSkewed" -> "this machine's clock is off by minutes; set it right";
            case "PermanentRedirect",
                    "TemporaryRedirect",
                    "AuthorizationHeaderMalformed",
                    "IllegalLocationConstraintException" -> elsewhere(region);
            case "XAmzContentSHA256Mismatch", "BadDigest", "InvalidDigest" ->
                "the bytes are not those that the key's hash names, so the server stored nothing;"
                        + " they were damaged on the way, or the block is corrupt";
            case "InvalidObjectState" -> "the object is archived; restore it in the bucket first";
            case "SlowDown", "RequestLimitExceeded", "TooManyRequests" ->
                config.place() + " asks for fewer requests; lower \"workers\", or try again later";
            case "InternalError", "ServiceUnavailable" -> config.place() + " failed; try again later";
            case "InvalidBucketName" ->
                "\"" + config.bucket() + "\" is no bucket's name; correct \"bucket\" in the spec";
            default -> byStatus(status, region);
        };
    }

    private String byStatus(int status, Optional<String> region) {
        return switch (status) {
            case 301, 307, 308 -> elsewhere(region);
            case 300, 302, 303 ->
                config.place() + " sends us elsewhere, as no S3 server does; check \"regionEndpoint\", and the network"
                        + " for a login page";
            case 401, 403 ->
                config.place() + " denies it; check the keys, and that they are allowed to do this in bucket \""
                        + config.bucket() + "\"";
            case 404 -> config.place() + " found nothing there, and did not say that only the object is absent";
            case 501 ->
                config.place() + " has no such thing as was asked for; leave it out of the spec, such as \"sse\" or"
                        + " \"checksum\", or use another server";
            case 429 -> config.place() + " asks for fewer requests; lower \"workers\", or try again later";
            default ->
                status >= 500 ? config.place() + " failed; try again later" : config.place() + " refused the request";
        };
    }

    private String elsewhere(Optional<String> region) {
        String where = region.map(name -> "in region \"" + name + "\", not \"").orElse("in another region than \"");
        return "the bucket \"" + config.bucket() + "\" is " + where + config.region()
                + "\"; correct \"region\""
                + (config.endpoint().isPresent() ? " or \"regionEndpoint\"" : "");
    }

    private String silent(SdkException cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            switch (at) {
                // whoever did not answer then is not the server
                case CredentialsException keys -> {
                    return said(keys);
                }
                case UnknownHostException unknown -> {
                    return "no server has the name " + unknown.getMessage() + "; correct "
                            + proxy.get().map(ProxyChoice::setting).orElse("\"regionEndpoint\" or \"region\"")
                            + ", or check the network";
                }
                case ConnectException refused -> {
                    return proxy.get()
                            .map(choice ->
                                    "nothing answers at the proxy " + choice.server() + "; correct " + choice.setting())
                            .orElse("nothing answers at " + config.place()
                                    + "; start the server, or correct \"regionEndpoint\"");
                }
                case SocketTimeoutException late -> {
                    return config.place() + " did not answer in time"
                            + proxy.get()
                                    .map(choice -> " through the proxy " + choice.server() + " of " + choice.setting())
                                    .orElse("")
                            + "; check the network, or try again later";
                }
                case SSLException tls -> {
                    return "no secure connection to " + config.place() + ": " + tls.getMessage()
                            + "; check the certificate, or write http:// in \"regionEndpoint\"";
                }
                default -> {}
            }
        }
        return said(cause);
    }

    private String said(SdkException cause) {
        String message = Objects.requireNonNullElse(cause.rawMessage(), cause.toString());
        if (cause instanceof CredentialsException || cause instanceof UnusableSetting) {
            return message;
        }
        if (message.startsWith("Unable to load region")) {
            return "no region is known; set \"region\" in the spec";
        }
        return "no answer from " + config.place() + ": " + message;
    }
}
