package org.s3ds.cli;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say how a bucket is reached. */
final class BucketOptions {
    @Option(
            names = "--region",
            paramLabel = "<region>",
            description = "The region of a bucket, such as us-east-1. Servers other than AWS mostly take any.")
    private String region = "";

    @Option(
            names = "--endpoint",
            paramLabel = "<url>",
            description = "The S3 server, such as https://us-east-1.linodeobjects.com. Default: AWS in the region.")
    private String endpoint = "";

    @Option(
            names = "--access-key",
            paramLabel = "<key>",
            description = "Default: the usual places, AWS_ACCESS_KEY_ID or ~/.aws/credentials.")
    private String accessKey = "";

    @Option(
            names = "--secret-key-file",
            paramLabel = "<file>",
            description = "A file with the secret key of the access key and nothing else; - for standard input.")
    private String secretKeyFile = "";

    /** Whether any of them was given. */
    boolean isAnyGiven() {
        return Stream.of(region, endpoint, accessKey, secretKeyFile).anyMatch(value -> !value.isEmpty());
    }

    /** Empty where it was not given, as are the others. */
    String region() {
        return region;
    }

    String endpoint() {
        return endpoint;
    }

    String accessKey() {
        return accessKey;
    }

    String secretKeyFile() {
        return secretKeyFile;
    }

    /** The same with others in place of those that are given there. */
    BucketOptions or(BucketOptions others) {
        BucketOptions both = new BucketOptions();
        boolean hasOwnKey = !accessKey.isEmpty();
        both.region = first(region, others.region);
        both.endpoint = first(endpoint, others.endpoint);
        both.accessKey = hasOwnKey ? accessKey : others.accessKey;
        both.secretKeyFile = hasOwnKey ? secretKeyFile : others.secretKeyFile;
        return both;
    }

    /** Options that were given under other names. */
    static BucketOptions of(String region, String endpoint, String accessKey, String secretKeyFile) {
        BucketOptions options = new BucketOptions();
        options.region = region;
        options.endpoint = endpoint;
        options.accessKey = accessKey;
        options.secretKeyFile = secretKeyFile;
        return options;
    }

    /** The spec of a store in a bucket. Reads the secret key. */
    Map<String, Object> spec(BlockPlace.Bucket place, Secrets secrets) throws IOException {
        String where = first(place.region(), region);
        if (where.isEmpty()) {
            throw new UsageException("%s needs its region: --region us-east-1, or %s?region=us-east-1; servers other"
                            .formatted(place, place)
                    + " than AWS mostly take any");
        }
        Map<String, Object> spec = new TreeMap<>(Map.of("type", Stores.S3, "bucket", place.name(), "region", where));
        spec.put("accessKey", "");
        spec.put("secretKey", "");
        spec.putAll(credentials(secrets));
        if (!place.rootDirectory().isEmpty()) {
            spec.put("rootDirectory", place.rootDirectory());
        }
        if (!endpoint(place).isEmpty()) {
            spec.put("regionEndpoint", endpoint(place));
        }
        return spec;
    }

    /** The keys of a spec that say with which key a bucket is asked; none when no key is given. */
    Map<String, Object> credentials(Secrets secrets) throws IOException {
        if (accessKey.isEmpty() != secretKeyFile.isEmpty()) {
            throw new UsageException("an access key and the file with its secret key are given together: %s is missing"
                    .formatted(accessKey.isEmpty() ? "--access-key" : "--secret-key-file"));
        }
        return accessKey.isEmpty()
                ? Map.of()
                : Map.of("accessKey", accessKey, "secretKey", secrets.secretKey(secretKeyFile));
    }

    /** The server of a place; empty for AWS. */
    String endpoint(BlockPlace.Bucket place) {
        return first(place.endpoint(), endpoint);
    }

    private static String first(String own, String general) {
        return own.isEmpty() ? general : own;
    }
}
