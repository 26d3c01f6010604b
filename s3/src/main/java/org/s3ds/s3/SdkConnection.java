package org.s3ds.s3;

import java.time.Clock;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.credentials.Credentials;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
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
    static final String ANY_REGION = "us-east-1";

    private final S3Config config;
    private final S3Meters meters;
    private final SdkSettings settings;
    private final Credentials credentials;
    private final ServerClock clock = new ServerClock(Clock.systemUTC());
    private final Watchdog watchdog;
    /** Of one region after another; the former may still be in use. */
    private final Queue<FutureTask<S3Client>> made = new ConcurrentLinkedQueue<>();

    private volatile String region;
    private volatile FutureTask<S3Client> client;

    SdkConnection(S3Config config, StoreContext context, Watchdog watchdog) {
        this.config = config;
        this.meters = new S3Meters(context.metrics(), () -> Prices.known(config));
        this.settings = new SdkSettings(config, context);
        this.credentials = settings.credentials();
        this.watchdog = watchdog;
        this.region = settings.region();
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

    /** The region that requests are signed for; may be empty, then nothing can be sent. */
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
            case RENEW_KEYS -> credentials.refresh();
            case MOVE -> refusal.region().filter(this::move).isPresent();
            case NONE, RETRY, SLOW_DOWN -> false;
        };
    }

    private synchronized boolean setClock(Instant server) {
        return clock.set(server);
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
        if (inRegion.isEmpty()) {
            throw SdkClientException.create("Unable to load region");
        }
        Transport transport = config.transport();
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(settings.connections(watchdog))
                .overrideConfiguration(settings.overrides(meters))
                .credentialsProvider(credentials)
                .putAuthScheme(new DigestAuthScheme(clock))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // many servers want Content-MD5 on a bulk delete, and know no newer checksum
                .addPlugin(LegacyMd5Plugin.create())
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(false)
                        .expectContinueEnabled(false)
                        .build())
                .dualstackEnabled(transport.dualStack())
                .fipsEnabled(transport.fips())
                .accelerate(transport.accelerate())
                .forcePathStyle(transport.isPathStyle(config.endpoint().isPresent()))
                .region(Region.of(inRegion));
        config.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /** The keys that requests are signed with. */
    Credentials credentials() {
        return credentials;
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
