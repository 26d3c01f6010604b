package org.s3ds.cli;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code init} and {@code doctor} that say where the blocks go, and the spec they make. */
final class S3Options {
    @Option(names = "--bucket", paramLabel = "<name>", description = "The bucket that blocks go to.")
    private String bucket = "";

    @Mixin
    private BucketOptions reached = new BucketOptions();

    @Option(
            names = "--root-directory",
            paramLabel = "<folder>",
            description = "What the names of objects begin with, such as node1. Default: nothing.")
    private String rootDirectory = "";

    @Option(
            names = "--secret-key",
            paramLabel = "<secret>",
            description = "The secret key itself, for all to see: use --secret-key-file.")
    private String secretKey = "";

    @Option(
            names = "--blocks",
            paramLabel = "<file>",
            description = "A file with the spec of any store for the blocks, as JSON; - for standard input.")
    private String blocks = "";

    @Option(
            names = "--access",
            paramLabel = "<word>",
            description = "Who else may write to that place: exclusive (nobody), shared (anybody), read-only (others"
                    + " alone). Default: exclusive, unless there is something that no repo has claimed.")
    private String access = "";

    @Option(names = "--create-bucket", description = "Create the bucket if it is not there.")
    private boolean createBucket;

    /** Whether there is a bucket at all. */
    boolean hasBucket() {
        return !bucket.isEmpty();
    }

    /** Whether a store is named, a bucket or another; if not, blocks go to the embedded server. */
    boolean hasStore() {
        return hasBucket() || !blocks.isEmpty();
    }

    /** Whether the bucket may be created. */
    boolean mayCreateBucket() {
        return createBucket;
    }

    /** Whether any of the options was given. */
    boolean isAnyGiven() {
        return createBucket || hasStore() || isAnyOfBucketGiven();
    }

    private boolean isAnyOfBucketGiven() {
        return reached.isAnyGiven()
                || Stream.of(bucket, rootDirectory, secretKey, access).anyMatch(value -> !value.isEmpty());
    }

    /** Refuses options that make no sense together. */
    void check() throws UsageException {
        if (!blocks.isEmpty() && isAnyOfBucketGiven()) {
            throw new UsageException("--blocks is a file with the whole spec of a store: leave out --bucket and the"
                    + " options about it, or write them into the file");
        }
        if (!hasStore() && isAnyGiven()) {
            throw new UsageException(
                    "options about S3 were given, but no bucket: name it with --bucket; without one, blocks go to a server"
                            + " inside the repo, which takes no options");
        }
        if (hasBucket() && reached.region().isEmpty()) {
            throw new UsageException(
                    "--bucket needs --region, such as --region us-east-1; servers other than AWS mostly take"
                            + " any region, but it cannot be changed later");
        }
        if (!secretKey.isEmpty() && !reached.secretKeyFile().isEmpty()) {
            throw new UsageException("--secret-key and --secret-key-file were both given: leave --secret-key out");
        }
        boolean hasSecret = !secretKey.isEmpty() || !reached.secretKeyFile().isEmpty();
        if (!reached.accessKey().isEmpty() && !hasSecret) {
            throw new UsageException(
                    "--access-key needs its secret key: give a file that holds it with --secret-key-file, or"
                            + " - to read it from standard input");
        }
        if (reached.accessKey().isEmpty() && hasSecret) {
            throw new UsageException("a secret key was given without its access key: add --access-key");
        }
    }

    /** The spec of the store for blocks. Reads the secret; says so when it should not have been where it was. */
    Map<String, Object> spec(Terminal terminal) throws IOException {
        if (!blocks.isEmpty()) {
            return StoreFiles.spec(terminal, blocks);
        }
        if (!hasBucket()) {
            return DefaultSpec.embedded();
        }
        Map<String, Object> spec = new TreeMap<>(Map.of("type", "s3ds", "bucket", bucket, "region", reached.region()));
        spec.put("accessKey", reached.accessKey());
        spec.put("secretKey", secret(terminal));
        if (!reached.endpoint().isEmpty()) {
            spec.put("regionEndpoint", reached.endpoint());
        }
        if (!rootDirectory.isEmpty()) {
            spec.put("rootDirectory", rootDirectory);
        }
        if (!access.isEmpty()) {
            spec.put("access", access);
        }
        return spec;
    }

    private String secret(Terminal terminal) throws IOException {
        if (!secretKey.isEmpty()) {
            terminal.err()
                    .println(
                            "Warning: a secret in the arguments can be seen by everyone on this machine while the command"
                                    + " runs, and stays in the shell's history: use --secret-key-file instead");
            return secretKey;
        }
        return reached.secretKeyFile().isEmpty() ? "" : StoreFiles.secretKey(terminal, reached.secretKeyFile());
    }
}
