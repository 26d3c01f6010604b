package org.s3ds.s3;

import java.time.Clock;
import java.util.Optional;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.credentials.Credentials;
import org.s3ds.s3.credentials.Search;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/**
 * What a config and its surroundings mean to the SDK: how it connects, authenticates and counts. It never retries:
 * {@link Calls} does. Nor does it look for settings elsewhere.
 */
final class SdkSettings {
    private final S3Config config;
    private final StoreContext context;

    SdkSettings(S3Config config, StoreContext context) {
        this.config = config;
        this.context = context;
    }

    /** To the server, with the certificates that the config trusts; requests are watched. */
    SdkHttpClient connections(Watchdog watchdog) {
        Optional<TrustedCertificates> trusted = config.transport()
                .caFile()
                .map(file -> TrustedCertificates.read(context.repo().resolve(file)));
        return watchdog.over(connections(proxy().map(ProxyChoice::server), trusted));
    }

    private SdkHttpClient connections(Optional<ProxyServer> proxy, Optional<TrustedCertificates> trusted) {
        return new HttpConnections(config.limits(), proxy, trusted);
    }

    /** The only one whom we connect to, if there is one. */
    Optional<ProxyChoice> proxy() {
        boolean isSecure = config.place().isSecure();
        String host = config.endpoint().map(uri -> uri.getHost()).orElse("s3.amazonaws.com");
        return ProxyChoice.of(config.transport(), context.environment(), isSecure, host);
    }

    ClientOverrideConfiguration overrides(RequestCount count, SentHeaders headers) {
        ClientOverrideConfiguration.Builder builder = ClientOverrideConfiguration.builder()
                .addExecutionInterceptor(count)
                .addExecutionInterceptor(new ToldRegion())
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                // what a profile says of S3 is not ours to follow
                .defaultProfileFile(ProfileFile.aggregator().build());
        if (headers.areAny()) {
            builder.addExecutionInterceptor(headers);
        }
        return builder.build();
    }

    /** What the config has on requests; reads a key's file. */
    SentHeaders headers() {
        return new SentHeaders(config.objects(), context.repo());
    }

    /** The keys of the config, or those that are found. Looks for nothing yet. */
    Credentials credentials() {
        Identity identity = config.identity();
        Search search = new Search(
                identity.keys().access(),
                identity.keys().secret(),
                identity.keys().session(),
                identity.profile(),
                identity.roleArn(),
                identity.externalId(),
                identity.credentialsEndpoint(),
                identity.anonymous(),
                config.endpoint().isPresent() ? "" : config.region(),
                context.environment(),
                () -> connections(
                        ProxyChoice.of(config.transport(), context.environment(), true, "sts.amazonaws.com")
                                .map(ProxyChoice::server),
                        Optional.empty()));
        return new Credentials(search, Clock.systemUTC());
    }

    /** The region that requests are signed for; empty when nobody says one, though there must be one. */
    String region() {
        if (!config.region().isEmpty()) {
            return config.region();
        }
        return config.endpoint()
                .map(endpoint -> SdkConnection.ANY_REGION)
                .or(() -> variable("AWS_REGION"))
                .or(() -> variable("AWS_DEFAULT_REGION"))
                .orElse("");
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(context.environment().get(name)).filter(text -> !text.isBlank());
    }
}
