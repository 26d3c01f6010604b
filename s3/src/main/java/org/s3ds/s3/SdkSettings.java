package org.s3ds.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.utils.AttributeMap;

/** How the SDK connects, authenticates and counts. It never retries: {@link Calls} does. */
final class SdkSettings {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    /** Servers drop idle connections after 30 s; a request sent just then would fail. */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private SdkSettings() {}

    /** The connections of a client, whose requests are watched. */
    static SdkHttpClient.Builder<?> connections(int most, Watchdog watchdog) {
        return new Watched(
                Apache5HttpClient.builder()
                        .maxConnections(most)
                        .connectionMaxIdleTime(IDLE)
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE)
                        .tcpKeepAlive(true)
                        .expectContinueEnabled(false),
                watchdog);
    }

    private record Watched(SdkHttpClient.Builder<?> client, Watchdog watchdog)
            implements SdkHttpClient.Builder<Watched> {
        @Override
        public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
            return watchdog.over(client.buildWithDefaults(defaults));
        }
    }

    static ClientOverrideConfiguration overrides(S3Meters meters) {
        return ClientOverrideConfiguration.builder()
                .addExecutionInterceptor(new RequestCount(meters))
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .build();
    }

    /**
     * The keys of the spec, else those of the SDK's chain, else those that a server of the spec hands out.
     *
     * @param endpoint that server; empty when there is none
     */
    static AwsCredentialsProvider credentials(S3Keys keys, Optional<URI> endpoint) {
        if (keys.areGiven()) {
            return StaticCredentialsProvider.create(fixed(keys));
        }
        AwsCredentialsProvider usual = DefaultCredentialsProvider.builder().build();
        return endpoint.<AwsCredentialsProvider>map(
                        server -> AwsCredentialsProviderChain.of(usual, new EndpointCredentials(server)))
                .orElse(usual);
    }

    private static AwsCredentials fixed(S3Keys keys) {
        return keys.session().isEmpty()
                ? AwsBasicCredentials.create(keys.access(), keys.secret())
                : AwsSessionCredentials.create(keys.access(), keys.secret(), keys.session());
    }
}
