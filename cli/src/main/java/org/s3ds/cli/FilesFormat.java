package org.s3ds.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multicodec;
import picocli.CommandLine.Option;

/** The options of {@code files} that say how new things are named. */
final class FilesFormat {
    @Option(
            names = {"--cid-version", "--cid-ver"},
            paramLabel = "<version>",
            description = "0 or 1. Default: Import.CidVersion of the config, else 0; 1 with --hash.")
    @Nullable
    private Integer version;

    @Option(
            names = "--hash",
            paramLabel = "<hash>",
            description = "The hash function. Default: Import.HashFunction of the config, else sha2-256.")
    private String hash = "";

    /** What was chosen; empty when nothing was. */
    Optional<CidFormat> chosen() throws IOException {
        if (version == null && hash.isEmpty()) {
            return Optional.empty();
        }
        int number = version == null ? 0 : version;
        if (number != 0 && number != 1) {
            throw new IOException("unknown CID version: " + number);
        }
        if (hash.isEmpty()) {
            return Optional.of(number == 0 ? CidFormat.V0 : CidFormat.V1);
        }
        HashFunction function = HashFunction.byName(hash.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new IOException(
                        HashFunction.isWeak(hash)
                                ? "potentially insecure hash functions not allowed"
                                : "unrecognized hash function: \"" + hash + "\""));
        return Optional.of(new CidFormat(1, Multicodec.DAG_PB, function));
    }
}
