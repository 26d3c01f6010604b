package org.s3ds.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.regions.util.HttpResourcesUtils;
import software.amazon.awssdk.utils.cache.CachedSupplier;
import software.amazon.awssdk.utils.cache.RefreshResult;

/**
 * Temporary keys from a server that the spec names: a GET answers {@code AccessKeyId}, {@code SecretAccessKey},
 * {@code Token} and {@code Expiration} in JSON. They are asked for when first needed, kept, and asked for again two
 * minutes before they expire. Keys without an expiration are kept for good.
 */
final class EndpointCredentials implements AwsCredentialsProvider {
    private static final Duration EARLY = Duration.ofMinutes(2);

    private final URI endpoint;
    private final CachedSupplier<AwsCredentials> keys = CachedSupplier.builder(this::ask)
            .cachedValueName("credentialsEndpoint")
            .build();

    EndpointCredentials(URI endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return keys.get();
    }

    private RefreshResult<AwsCredentials> ask() {
        try {
            String text = HttpResourcesUtils.instance().readResource(() -> endpoint);
            if (text.isBlank()) {
                throw new IOException("its answer is empty");
            }
            JsonNode answer = JsonNode.parser().parse(text);
            Instant stale = text(answer, "Expiration")
                    .map(time -> Instant.parse(time).minus(EARLY))
                    .orElse(Instant.MAX);
            return RefreshResult.builder(keys(answer))
                    .staleTime(stale)
                    .prefetchTime(stale)
                    .build();
        } catch (IOException | UncheckedIOException | DateTimeException e) {
            throw SdkClientException.create(
                    "s3ds: credentialsEndpoint " + endpoint + " gave no keys: " + e.getMessage(), e);
        }
    }

    private static AwsCredentials keys(JsonNode answer) throws IOException {
        String access = needed(answer, "AccessKeyId");
        String secret = needed(answer, "SecretAccessKey");
        return text(answer, "Token")
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(access, secret, token))
                .orElseGet(() -> AwsBasicCredentials.create(access, secret));
    }

    private static String needed(JsonNode answer, String name) throws IOException {
        return text(answer, name).orElseThrow(() -> new IOException("its answer has no " + name));
    }

    private static Optional<String> text(JsonNode answer, String name) {
        return answer.field(name)
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .filter(text -> !text.isEmpty());
    }

    @Override
    public String toString() {
        return "EndpointCredentials[" + endpoint + "]";
    }
}
