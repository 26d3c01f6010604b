package org.s3ds.cli;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say how places in S3 are reached: one set for all, and one for those that are copied from. */
final class PlaceOptions {
    @Mixin
    private BucketOptions all = new BucketOptions();

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

    private @Nullable Secrets secrets;

    /**
     * The spec of a store in a bucket. Reads the secret key.
     *
     * @param isFrom whether the options apply that begin with {@code --from}
     */
    Map<String, Object> spec(BlockPlace.Bucket place, boolean isFrom, Terminal terminal) throws IOException {
        if (secrets == null) {
            secrets = new Secrets(terminal);
        }
        return options(isFrom).spec(place, secrets);
    }

    /** The server of a place; empty for AWS. */
    String endpoint(BlockPlace.Bucket place, boolean isFrom) {
        return options(isFrom).endpoint(place);
    }

    private BucketOptions options(boolean isFrom) {
        return isFrom
                ? BucketOptions.of(fromRegion, fromEndpoint, fromAccessKey, fromSecretKeyFile)
                        .or(all)
                : all;
    }
}
