package org.s3ds.s3;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.SpecException;

/**
 * Puts a config together key by key, with values as a spec writes them:
 *
 * <pre>{@code
 * S3Config.builder("bucket", "eu-central-1").with(SpecKey.STORAGE_CLASS, "STANDARD_IA").build();
 * }</pre>
 */
public final class S3ConfigBuilder {
    private final Map<String, @Nullable Object> spec = new HashMap<>();

    S3ConfigBuilder(String bucket, String region) {
        spec.put(SpecKey.BUCKET.key(), bucket);
        spec.put(SpecKey.REGION.key(), region);
        spec.put(SpecKey.ACCESS_KEY.key(), "");
        spec.put(SpecKey.SECRET_KEY.key(), "");
    }

    /** Gives a key its value: a string, a number, a boolean, a map of strings, or a list of specs. */
    public S3ConfigBuilder with(SpecKey key, Object value) {
        spec.put(key.key(), value);
        return this;
    }

    /**
     * The config.
     *
     * @throws SpecException when a value is not allowed, or not beside another
     */
    public S3Config build() throws SpecException {
        return S3Config.parse(spec);
    }
}
