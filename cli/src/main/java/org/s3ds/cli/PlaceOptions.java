package org.s3ds.cli;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The options that say how places in S3 are reached: one set for all, and one for those that are copied from. */
final class PlaceOptions {
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

    @Option(names = "--from-region", paramLabel = "<region>", description = "--region, of the first place alone.")
    private String fromRegion = "";

    @Option(names = "--from-endpoint", paramLabel = "<url>", description = "--endpoint, of the first place alone.")
    private String fromEndpoint = "";

    @Option(names = "--from-access-key", paramLabel = "<key>", description = "--access-key, of the first place alone.")
    private String fromAccessKey = "";

    @Option(
            names = "--from-secret-key-file",
            paramLabel = "<file>",
            description = "--secret-key-file, of the first place alone.")
    private String fromSecretKeyFile = "";

    /** By file, each of which is read once: it may be standard input. */
    private final Map<String, String> secrets = new HashMap<>();

    /**
     * The spec of a store in a bucket. Reads the secret key.
     *
     * @param isFrom whether the options apply that begin with {@code --from}
     */
    Map<String, Object> spec(BlockPlace.Bucket place, boolean isFrom, Terminal terminal) throws IOException {
        String where = first(place.region(), isFrom ? fromRegion : "", region);
        if (where.isEmpty()) {
            throw new UsageException("%s needs its region: --region us-east-1, or %s?region=us-east-1; servers other"
                            .formatted(place, place)
                    + " than AWS mostly take any");
        }
        boolean hasOwnKey = isFrom && !fromAccessKey.isEmpty();
        String key = hasOwnKey ? fromAccessKey : accessKey;
        String secretFile = hasOwnKey ? fromSecretKeyFile : secretKeyFile;
        if (key.isEmpty() != secretFile.isEmpty()) {
            throw new UsageException("an access key and the file with its secret key are given together: %s is missing"
                    .formatted(key.isEmpty() ? "--access-key" : "--secret-key-file"));
        }
        Map<String, Object> spec = new TreeMap<>(Map.of("type", Stores.S3, "bucket", place.name(), "region", where));
        spec.put("rootDirectory", place.rootDirectory());
        spec.put("regionEndpoint", endpoint(place, isFrom));
        spec.put("accessKey", key);
        spec.put("secretKey", secretFile.isEmpty() ? "" : secretKey(secretFile, terminal));
        return spec;
    }

    private String secretKey(String file, Terminal terminal) throws IOException {
        String known = secrets.get(file);
        String secret = known == null ? StoreFiles.secretKey(terminal, file) : known;
        secrets.put(file, secret);
        return secret;
    }

    /** The server of a place; empty for AWS. */
    String endpoint(BlockPlace.Bucket place, boolean isFrom) {
        return first(place.endpoint(), isFrom ? fromEndpoint : "", endpoint);
    }

    private static String first(String own, String special, String general) {
        return !own.isEmpty() ? own : !special.isEmpty() ? special : general;
    }
}
