package org.s3ds.s3;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.credentials.Credentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/**
 * What requests need: keys, clock, connections, the SDK's client; each comes into being with the first request that
 * needs it. What a server refuses may be put right here: the clock, keys that expired, the region.
 */
final class SdkConnection implements AutoCloseable {
    /** Where a server's name is given but no region: what such servers take. */
    static final String ANY_REGION = "us-east-1";

    private static final Logger LOG = LoggerFactory.getLogger(SdkConnection.class);

    private final S3Config config;
    private final S3Meters meters;
    private final SdkSettings settings;
    private final Credentials credentials;
    private final ServerClock clock = new ServerClock(Clock.systemUTC());
    private final Watchdog watchdog;
    private final RequestCount count;
    private final DigestSigner signer = new DigestSigner(clock);
    private final Once<SdkHttpClient> http;
    private final Once<SentHeaders> headers;
    /** Of one region after another; the former may still be in use. */
    private final Queue<Once<S3Client>> made = new ConcurrentLinkedQueue<>();

    private final AtomicInteger mendings = new AtomicInteger();

    private volatile String region;
    private volatile Once<S3Client> client;
    private volatile Once<BucketAddress> address;

    SdkConnection(S3Config config, StoreContext context, Watchdog watchdog) {
        this.config = config;
        this.meters = new S3Meters(context.metrics(), () -> Prices.now(config, context.repo()));
        this.settings = new SdkSettings(config, context);
        this.credentials = settings.credentials();
        this.watchdog = watchdog;
        this.region = settings.region();
        this.count = new RequestCount(meters);
        this.http = new Once<>(() -> settings.connections(watchdog));
        this.headers = new Once<>(settings::headers);
        this.client = clientIn(region);
        this.address = addressIn(region);
    }

    /** Where its requests are counted. */
    S3Meters meters() {
        return meters;
    }

    /** Counts the requests. */
    RequestCount count() {
        return count;
    }

    /** The SDK's client, for all but single objects. */
    S3Client client() throws InterruptedException {
        // first what it is made of: an interrupt then ends this wait, not the making of a client that others wait for
        http.get();
        headers.get();
        return client.get();
    }

    /** The proxy that all go through, if there is one. */
    Optional<ProxyChoice> proxy() {
        return settings.proxy();
    }

    /** The connections. */
    SdkHttpClient http() throws InterruptedException {
        return http.get();
    }

    /** Where the bucket's objects are. */
    BucketAddress address() throws InterruptedException {
        return address.get();
    }

    /** What the config has on requests. */
    SentHeaders headers() throws InterruptedException {
        return headers.get();
    }

    /** A request for an object, with its signature. */
    SdkHttpRequest signed(SdkHttpRequest request, BucketAddress to) {
        return signer.sign(request, credentials.resolveCredentials(), to.region(), to.service());
    }

    /** The region that requests are signed for; may be empty, then nothing can be sent. */
    String region() {
        return region;
    }

    /** What creates the bucket. */
    CreateBucketRequest createRequest(Attempted call) {
        CreateBucketRequest.Builder request =
                CreateBucketRequest.builder().bucket(config.bucket()).overrideConfiguration(call::countIn);
        return mustSayWhere()
                ? request.createBucketConfiguration(where -> where.locationConstraint(region))
                        .build()
                : request.build();
    }

    /** The bucket must be created in a region that only the request names: AWS's, and not its first. */
    private boolean mustSayWhere() {
        return config.endpoint().isEmpty() && !region.isEmpty() && !region.equals(ANY_REGION);
    }

    /**
     * Does what a server's refusal asks for.
     *
     * @return whether the same request may now succeed
     */
    boolean mend(Fault refusal) {
        boolean mended = isMended(refusal);
        if (mended) {
            mendings.incrementAndGet();
        }
        return mended;
    }

    /** How often something was put right. */
    int mendings() {
        return mendings.get();
    }

    private boolean isMended(Fault refusal) {
        return switch (refusal.remedy()) {
            case SET_CLOCK -> refusal.date().filter(this::setClock).isPresent();
            case RENEW_KEYS -> credentials.refresh();
            case MOVE -> refusal.region().filter(this::move).isPresent();
            case NONE, RETRY, SLOW_DOWN -> false;
        };
    }

    private synchronized boolean setClock(Instant server) {
        Duration before = clock.offset();
        boolean helps = clock.set(server);
        Duration offset = clock.offset();
        if (!offset.equals(before)) {
            LOG.warn(
                    "this machine's clock is {} s {} that of {}: requests are signed with the server's time;"
                            + " set the clock right",
                    offset.abs().toSeconds(),
                    offset.isNegative() ? "ahead of" : "behind",
                    config.place());
        }
        return helps;
    }

    /** An endpoint of one's own stays what it is: only the signature can name another region. */
    private synchronized boolean move(String to) {
        if (!to.equals(region)) {
            LOG.warn(
                    "the bucket \"{}\" is in region \"{}\", not \"{}\": it is asked there from now on;"
                            + " correct \"region\" in the spec",
                    config.bucket(),
                    to,
                    region);
            region = to;
            client = clientIn(to);
            address = addressIn(to);
        }
        return true;
    }

    private Once<S3Client> clientIn(String inRegion) {
        Once<S3Client> once = new Once<>(() -> connect(inRegion));
        made.add(once);
        return once;
    }

    private Once<BucketAddress> addressIn(String inRegion) {
        return new Once<>(() -> BucketAddress.of(config, needed(inRegion)));
    }

    private static String needed(String region) {
        if (region.isEmpty()) {
            throw SdkClientException.create("Unable to load region");
        }
        return region;
    }

    private S3Client connect(String inRegion) throws InterruptedException {
        Transport transport = config.transport();
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(http.get())
                .overrideConfiguration(settings.overrides(count, headers.get()))
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
                .region(Region.of(needed(inRegion)));
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
        made.forEach(once -> once.end(S3Client::close));
        // which does not close what it was given
        http.end(SdkHttpClient::close);
        watchdog.close();
        meters.close();
    }
}
