package org.s3ds.s3;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.Finding;
import org.s3ds.datastore.Key;
import software.amazon.awssdk.http.SdkHttpResponse;

/** A listing below the root directory, as the store lists, what it shows, and how far the clocks are apart. */
final class ReachTrial {
    /** AWS refuses signatures that are a quarter of an hour off. */
    private static final Duration FAR_OFF = Duration.ofMinutes(5);

    private static final String SET_RIGHT = "set the clock right: requests are refused when it is far off";

    private final S3Config config;
    private final S3Bucket bucket;
    private final Raw raw;
    private final String root;
    private final Clock clock;

    ReachTrial(S3Config config, S3Bucket bucket, SdkConnection connection, String root, Clock clock) {
        this.config = config;
        this.bucket = bucket;
        this.raw = new Raw(config, connection);
        this.root = root;
        this.clock = clock;
    }

    /** @throws S3Exception when the bucket cannot be listed */
    List<Finding> findings() throws S3Exception, InterruptedException {
        ListedPage page = bucket.list(root, "", Optional.empty(), S3Bucket.PAGE);
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.good(
                "reach",
                config.place() + " answers; the first request took "
                        + page.took().toMillis() + " ms"));
        clockOffset().ifPresent(findings::add);
        findings.add(new NameTrial(config, bucket, root).finding(page));
        return findings;
    }

    /** Empty where the server does not tell the time. */
    private Optional<Finding> clockOffset() throws InterruptedException {
        try {
            return serversTime().flatMap(Fault::date).map(this::clockOffset);
        } catch (S3Exception e) {
            return Optional.of(Finding.warning("clock", Advice.sentence(e), SET_RIGHT));
        }
    }

    private Optional<String> serversTime() throws S3Exception, InterruptedException {
        SdkHttpResponse answer = raw.send(
                "list",
                root,
                (s3, call) -> s3.listObjectsV2(request -> request.bucket(config.bucket())
                                .prefix(root)
                                .maxKeys(1)
                                .overrideConfiguration(call::countIn))
                        .sdkHttpResponse());
        return answer.firstMatchingHeader("Date");
    }

    private Finding clockOffset(Instant server) {
        Duration offset = Duration.between(server, clock.instant());
        String found = "this machine's clock is " + offset.toSeconds() + " s ahead of the server's";
        return offset.abs().compareTo(FAR_OFF) < 0
                ? Finding.good("clock", offset.abs().toSeconds() <= 1 ? "as the server's" : found)
                : Finding.warning("clock", found, SET_RIGHT);
    }

    static boolean isBlock(Key key) {
        return key.isTopLevel() && key.base().matches("[A-Z2-7]{8,}");
    }
}
