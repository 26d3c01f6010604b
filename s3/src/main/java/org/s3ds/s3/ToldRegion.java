package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Reads from a refusal in which region the bucket is: the SDK forgets that part of the body. */
final class ToldRegion implements ExecutionInterceptor {
    private static final int LONGEST_BODY = 64 << 10;

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        Optional<InputStream> body = context.responseBody();
        Attempted call = attributes.getAttribute(Attempted.CALL);
        if (context.httpResponse().isSuccessful() || body.isEmpty() || call == null) {
            return body;
        }
        try {
            byte[] start = body.get().readNBytes(LONGEST_BODY);
            Matcher region =
                    Pattern.compile("<Region>([a-z0-9-]{1,64})</Region>").matcher(new String(start, UTF_8));
            if (region.find()) {
                call.toldRegion(region.group(1));
            }
            return Optional.of(new ByteArrayInputStream(start));
        } catch (IOException e) {
            throw Refusal.brokenOff(e);
        }
    }

    /** The region that a refusal's body names; empty when it names none. */
    static Optional<String> in(byte[] body) {
        Matcher region = Pattern.compile("<Region>([a-z0-9-]{1,64})</Region>").matcher(new String(body, UTF_8));
        return region.find() ? Optional.of(region.group(1)) : Optional.empty();
    }
}
