package org.s3ds.s3;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.s3ds.datastore.Finding;
import org.s3ds.datastore.Key;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** One listing below the root directory, and what its answer tells. */
final class ReachTrial {
    /** AWS refuses signatures that are a quarter of an hour off. */
    private static final Duration FAR_OFF = Duration.ofMinutes(5);

    private final S3Config config;
    private final Raw raw;
    private final String root;
    private final Clock clock;

    ReachTrial(S3Config config, SdkConnection connection, String root, Clock clock) {
        this.config = config;
        this.raw = new Raw(config, connection);
        this.root = root;
        this.clock = clock;
    }

    /** @throws S3Exception when the bucket cannot be listed */
    List<Finding> findings() throws S3Exception, InterruptedException {
        long start = System.nanoTime();
        ListObjectsV2Response page = raw.send(
                "list",
                root,
                (s3, call) -> s3.listObjectsV2(request -> request.bucket(config.bucket())
                        .prefix(root)
                        .maxKeys(S3Bucket.PAGE)
                        .overrideConfiguration(call::countIn)));
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.good("reach", config.place() + " answers; the first request took " + millis + " ms"));
        page.sdkHttpResponse()
                .firstMatchingHeader("Date")
                .flatMap(Fault::date)
                .ifPresent(server -> findings.add(clockOffset(server)));
        findings.add(names(page));
        return findings;
    }

    private Finding clockOffset(Instant server) {
        Duration offset = Duration.between(server, clock.instant());
        String found = "this machine's clock is " + offset.toSeconds() + " s ahead of the server's";
        return offset.abs().compareTo(FAR_OFF) < 0
                ? Finding.good("clock", offset.abs().toSeconds() <= 1 ? "as the server's" : found)
                : Finding.warning("clock", found, "set the clock right: requests are refused when it is far off");
    }

    /** The first page is enough to see whose folder this is. */
    private Finding names(ListObjectsV2Response page) {
        ObjectNames names = new ObjectNames(config.rootDirectory());
        List<String> listed = page.contents().stream()
                .map(object -> object.key())
                .filter(name -> !name.startsWith(root + Examination.SCRATCH))
                .toList();
        List<String> foreign = listed.stream()
                .filter(name -> names.keyOf(name).filter(ReachTrial::isBlock).isEmpty())
                .toList();
        String where = root.isEmpty() ? "in the bucket" : "below \"" + root + "\"";
        String more = Boolean.TRUE.equals(page.isTruncated()) ? "the first " : "";
        if (foreign.isEmpty()) {
            return Finding.good("names", more + listed.size() + " objects " + where + ", each named as a block");
        }
        return Finding.warning(
                "names",
                "%d of %s%d objects %s are no blocks, such as \"%s\""
                        .formatted(foreign.size(), more, listed.size(), where, foreign.getFirst()),
                "they are passed over; give the store a rootDirectory of its own");
    }

    private static boolean isBlock(Key key) {
        return key.isTopLevel() && key.base().matches("[A-Z2-7]{8,}");
    }
}
