package org.s3ds.s3;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpHeaders;

/**
 * Sees each HTTP request go out and end, for {@link S3Meters}: as the SDK retries nothing, each is an attempt of
 * {@link Calls}. What failed before it was sent, such as for want of credentials, was no request.
 */
final class RequestCount implements ExecutionInterceptor {
    /** A request on its way. */
    record Sent(Operation operation, Priority priority, long nanos) {}

    private static final ExecutionAttribute<Sent> SENT = new ExecutionAttribute<>("s3ds.sent");

    private final S3Meters meters;

    RequestCount(S3Meters meters) {
        this.meters = meters;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        Operation operation = Operation.of(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
        Attempted call = attributes.getAttribute(Attempted.CALL);
        if (call == null) {
            throw new IllegalStateException("a request of no call: " + operation);
        }
        attributes.putAttribute(SENT, sent(operation, call, length(context.httpRequest())));
    }

    /**
     * A request goes out; {@link #ended} or {@link #failed} follows.
     *
     * @param call whose attempt it is
     * @param bytes of its body
     */
    Sent sent(Operation operation, Attempted call, long bytes) {
        meters.sent(operation, call.sent(), bytes);
        return new Sent(operation, call.priority(), System.nanoTime());
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        Sent sent = attributes.getAttribute(SENT);
        if (sent != null) {
            // what HEAD says is the length of what it does not send
            long received = sent.operation == Operation.HEAD ? 0 : length(context.httpResponse());
            ended(sent, context.httpResponse().statusCode(), received);
        }
    }

    /**
     * A result came.
     *
     * @param bytes of its body
     */
    void ended(Sent sent, int status, long bytes) {
        end(sent, String.valueOf(status), bytes);
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        Sent sent = attributes.getAttribute(SENT);
        if (sent != null) {
            failed(sent, context.exception());
        }
    }

    /** No result came. */
    void failed(Sent sent, Throwable failure) {
        if (failure instanceof SdkException known
                && Fault.of(known, Optional.empty()).remedy() == Fault.Remedy.SLOW_DOWN) {
            meters.throttled(sent.operation);
        }
        String status = failure instanceof SdkServiceException answer
                ? String.valueOf(answer.statusCode())
                : S3Meters.NO_ANSWER;
        end(sent, status, 0);
    }

    private void end(Sent sent, String status, long received) {
        meters.ended(sent.operation, sent.priority, status, received, System.nanoTime() - sent.nanos);
    }

    /** As the header has it; 0 without one. */
    private static long length(@Nullable SdkHttpHeaders message) {
        if (message == null) {
            return 0;
        }
        return message.firstMatchingHeader("Content-Length")
                .filter(text -> text.length() <= 18 && text.chars().allMatch(digit -> digit >= '0' && digit <= '9'))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
