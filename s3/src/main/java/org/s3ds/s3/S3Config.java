package org.s3ds.s3;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;

/**
 * A spec of type {@code s3ds}, read and found right.
 *
 * @param region the region's name; may be empty, then the SDK's chain says it, or {@code us-east-1} does when there is
 *     an endpoint
 * @param bucket the bucket's name
 * @param keys who we are
 * @param endpoint the server, addressed in path style; empty for AWS in the region
 * @param rootDirectory what object names begin with, as the spec spells it; empty for nothing
 * @param workers requests in flight at most, 1 or more; the connection pool is as large
 * @param credentialsEndpoint the server that hands out keys when nothing else has any; empty for none
 * @param warnings what to tell the user about the spec, a sentence each
 */
public record S3Config(
        String region,
        String bucket,
        S3Keys keys,
        Optional<URI> endpoint,
        String rootDirectory,
        int workers,
        Optional<URI> credentialsEndpoint,
        List<String> warnings)
        implements StoreConfig {
    /** Requests in flight when the spec does not say. */
    public static final int DEFAULT_WORKERS = 100;

    /** Checks what no spec may say. */
    public S3Config {
        if (workers < 1) {
            throw new IllegalArgumentException("workers is 1 or more: " + workers);
        }
        if (climbs(rootDirectory)) {
            throw new IllegalArgumentException("rootDirectory has a component \"..\": " + rootDirectory);
        }
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a spec as go-ds-s3 does; a key that is not known is a warning.
     *
     * @throws SpecException when a field is missing or wrong
     */
    public static S3Config parse(Map<String, @Nullable Object> spec) throws SpecException {
        return S3Spec.read(spec);
    }

    /**
     * Reads a new spec: whatever {@link #parse} only warns of is an error.
     *
     * @throws SpecException when a field is missing, wrong, or not known
     */
    public static S3Config parseStrictly(Map<String, @Nullable Object> spec) throws SpecException {
        S3Config config = S3Spec.read(spec);
        if (!config.warnings.isEmpty()) {
            throw new SpecException("s3ds: " + String.join("; ", config.warnings));
        }
        return config;
    }

    /** Bucket, region and root directory: what go-ds-s3 records, which is not the type. */
    @Override
    public Map<String, Object> diskSpec() {
        return Map.of("bucket", bucket, "region", region, "rootDirectory", rootDirectory);
    }

    /** Opens the store. Sends nothing, reads no credentials: the first request does. */
    @Override
    public Datastore open(StoreContext context) {
        return new S3Datastore(this, context.metrics());
    }

    /** Where the bucket is, for messages. */
    String place() {
        return endpoint.map(URI::toString).orElseGet(() -> "AWS S3 in region \"" + region + "\"");
    }

    static boolean climbs(String rootDirectory) {
        return Arrays.asList(rootDirectory.split("/", -1)).contains("..");
    }
}
