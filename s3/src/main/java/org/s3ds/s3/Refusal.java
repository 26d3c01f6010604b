package org.s3ds.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;

/** An answer that is no result, or breaks off, as the exception that the SDK would make of it. */
final class Refusal {
    private static final Pattern CODE = element("Code", "[A-Za-z0-9._-]{1,100}");
    private static final Pattern MESSAGE = element("Message", "[^<]{0,1000}");
    private static final Pattern REQUEST = element("RequestId", "[^<]{1,200}");

    private Refusal() {}

    private static Pattern element(String name, String content) {
        return Pattern.compile("<" + name + ">\\s*(" + content + ")\\s*</" + name + ">");
    }

    /**
     * The exception.
     *
     * @param body as much of the body as was read: S3's XML, or anything, or nothing
     */
    static AwsServiceException of(SdkHttpResponse head, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        boolean isOfS3 = text.contains("<Error>") || text.contains("<Error ");
        AwsErrorDetails details = AwsErrorDetails.builder()
                .serviceName("S3")
                .sdkHttpResponse(head)
                .rawResponse(SdkBytes.fromByteArrayUnsafe(body))
                .errorCode(isOfS3 ? found(CODE, text) : null)
                .errorMessage(isOfS3 ? found(MESSAGE, text) : head.statusText().orElse(null))
                .build();
        Optional<String> id = head.firstMatchingHeader("x-amz-request-id");
        return software.amazon.awssdk.services.s3.model.S3Exception.builder()
                .statusCode(head.statusCode())
                .requestId(id.orElseGet(() -> isOfS3 ? found(REQUEST, text) : null))
                .extendedRequestId(head.firstMatchingHeader("x-amz-id-2").orElse(null))
                .awsErrorDetails(details)
                .message(details.errorMessage())
                .build();
    }

    /** An interrupt closes the connection: what that looks like is not the server's fault. */
    static SdkException brokenOff(IOException cause) {
        return Thread.currentThread().isInterrupted()
                ? AbortedException.create("the request was interrupted", cause)
                : RetryableException.create("the request broke off: " + cause.getMessage(), cause);
    }

    private static @Nullable String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }
}
