package org.s3ds.cli;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.S3Config;
import org.s3ds.s3.S3Probe;

/** Proves, before a repo is made, that the buckets it names are there and its keys are good: one request each. */
final class S3Proof {
    private final Terminal terminal;
    private final boolean createBuckets;

    /** With leave to create a bucket, or without. */
    S3Proof(Terminal terminal, boolean createBuckets) {
        this.terminal = terminal;
        this.createBuckets = createBuckets;
    }

    /**
     * Asks for every store of type {@code s3ds} in a spec.
     *
     * @throws IOException when a store's spec is wrong, even if only in the spelling of a key, or it cannot be used
     */
    void prove(@Nullable Object spec) throws IOException {
        for (Map<String, @Nullable Object> store : S3Specs.in(spec)) {
            prove(S3Config.parseStrictly(store));
        }
    }

    private void prove(S3Config config) throws IOException {
        try (S3Probe probe = new S3Probe(config, context())) {
            if (createBuckets) {
                probe.createBucket();
            }
            if (!probe.isEmpty()) {
                terminal.err().println(notEmpty(config));
            }
        }
    }

    /** Files that a spec names begin in this folder: there is no repo yet. */
    private StoreContext context() {
        return new StoreContext(terminal.directory(), Metrics.none(), terminal.environment());
    }

    private static String notEmpty(S3Config config) {
        String place = config.rootDirectory().isEmpty()
                ? "the bucket \"%s\"".formatted(config.bucket())
                : "\"%s\" in the bucket \"%s\"".formatted(config.rootDirectory(), config.bucket());
        return ("Note: %s is not empty. Blocks in it will be this repo's as well, and garbage collection would remove those"
                        + " that no pin of this repo keeps: if another node uses it, give this one a --root-directory")
                .formatted(place);
    }
}
