package org.s3ds.s3;

import java.time.Clock;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Metrics;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * The SDK's client, and with it keys, clock and connections: it comes into being with the first request. What a server
 * refuses may be put right here: the clock, keys that expired, the region.
 */
final class SdkConnection implements AutoCloseable {
    /** Where a server's name is given but no region: what such servers take. */
    private static final String ANY_REGION = "us-east-1";

    private final S3Config config;
    private final S3Meters meters;
    private final ServerClock clock = new ServerClock(Clock.systemUTC());
    private final Watchdog watchdog;
    /** Of one region after another; the former may still be in use. */
    private final Queue<FutureTask<S3Client>> made = new ConcurrentLinkedQueue<>();

    private volatile String region;
    private volatile FutureTask<S3Client> client;
    private volatile @Nullable RenewableKeys keys;

    SdkConnection(S3Config config, Metrics metrics, Watchdog watchdog) {
        this.config = config;
        this.meters = new S3Meters(metrics, () -> Prices.known(config));
        this.watchdog = watchdog;
        this.region = config.region().isEmpty() && config.endpoint().isPresent() ? ANY_REGION : config.region();
        this.client = prepared(region);
    }

    /** The first caller makes the client, any other that comes meanwhile waits for it. */
    S3Client client() throws InterruptedException {
        FutureTask<S3Client> current = client;
        current.run();
        try {
            return current.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SdkException failure
                    ? failure
                    : SdkException.create("the client could not be made", e.getCause());
        }
    }

    /** The region that requests are signed for; may be empty, then the SDK's chain says it. */
    String region() {
        return region;
    }

    /** The bucket must be created in a region that only the request names: AWS's, and not its first. */
    boolean mustSayWhere() {
        return config.endpoint().isEmpty() && !region.isEmpty() && !region.equals(ANY_REGION);
    }

    /**
     * Does what a server's refusal asks for.
     *
     * @return whether the same request may now succeed
     */
    boolean mend(Fault refusal) {
        return switch (refusal.remedy()) {
            case SET_CLOCK -> refusal.date().filter(this::setClock).isPresent();
            case RENEW_KEYS -> renewKeys();
            case MOVE -> refusal.region().filter(this::move).isPresent();
            case NONE, RETRY, SLOW_DOWN -> false;
        };
    }

    private synchronized boolean setClock(Instant server) {
        return clock.set(server);
    }

    private synchronized boolean renewKeys() {
        RenewableKeys current = keys;
        if (config.keys().areGiven() || current == null) {
            return false;
        }
        current.renew();
        return true;
    }

    /** An endpoint of one's own stays what it is: only the signature can name another region. */
    private synchronized boolean move(String to) {
        if (!to.equals(region)) {
            region = to;
            client = prepared(to);
        }
        return true;
    }

    private FutureTask<S3Client> prepared(String inRegion) {
        FutureTask<S3Client> task = new FutureTask<>(() -> connect(inRegion));
        made.add(task);
        return task;
    }

    private S3Client connect(String inRegion) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(SdkSettings.connections(config.workers(), watchdog))
                .overrideConfiguration(SdkSettings.overrides(meters))
                .credentialsProvider(keys())
                .putAuthScheme(new DigestAuthScheme(clock))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // many servers want Content-MD5 on a bulk delete, and know no newer checksum
                .addPlugin(LegacyMd5Plugin.create())
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(false)
                        .expectContinueEnabled(false)
                        .build());
        config.endpoint().ifPresent(uri -> builder.endpointOverride(uri).forcePathStyle(true));
        if (!inRegion.isEmpty()) {
            builder.region(Region.of(inRegion));
        }
        return builder.build();
    }

    private synchronized RenewableKeys keys() {
        RenewableKeys current = keys;
        if (current == null) {
            current = new RenewableKeys(() ->
                    SdkSettings.credentials(config.keys(), config.identity().credentialsEndpoint()));
            keys = current;
        }
        return current;
    }

    /** Ends the connections. */
    @Override
    public void close() {
        for (FutureTask<S3Client> task : made) {
            boolean neverUsed = task.cancel(false);
            if (!neverUsed && task.state() == Future.State.SUCCESS) {
                task.resultNow().close();
            }
        }
        watchdog.close();
        meters.close();
    }
}
