package org.s3ds.ipld.unixfs;

import java.util.Optional;
import java.util.OptionalInt;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multicodec;
import tools.jackson.databind.JsonNode;

/** The options of {@code ipfs add} that the vectors use, and the two profiles. */
record AddOptions(ImportOptions files, DirectoryOptions directories, boolean hidden, boolean wrap) {
    static AddOptions of(JsonNode vector) throws FormatException {
        Parser parser = new Parser();
        if (vector.has("profile") && vector.get("profile").asString().equals("unixfs-v1-2025")) {
            parser.version = OptionalInt.of(1);
            parser.chunking = Chunking.parse("size-1048576");
            parser.maxLinks = 1024;
            parser.estimation = DirectoryOptions.Estimation.BLOCK;
        }
        for (JsonNode option : vector.get("options")) {
            String[] parts = option.asString().split("=", 2);
            parser.take(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return parser.options();
    }

    private static final class Parser {
        private OptionalInt version = OptionalInt.empty();
        private Optional<Boolean> rawLeaves = Optional.empty();
        private HashFunction hash = HashFunction.SHA2_256;
        private Chunking chunking = Chunking.DEFAULT;
        private Layout layout = Layout.BALANCED;
        private int maxLinks = ImportOptions.DEFAULT_MAX_LINKS;
        private OptionalInt inlineLimit = OptionalInt.empty();
        private DirectoryOptions.Estimation estimation = DirectoryOptions.Estimation.LINKS;
        private int maxDirectoryLinks;
        private int fanout = DirectoryOptions.DEFAULT_FANOUT;
        private boolean hidden;
        private boolean wrap;

        void take(String name, String value) throws FormatException {
            switch (name) {
                case "--cid-version" -> version = OptionalInt.of(Integer.parseInt(value));
                case "--raw-leaves" -> rawLeaves = Optional.of(!value.equals("false"));
                case "--hash" -> hash = HashFunction.byName(value).orElseThrow();
                case "--chunker" -> chunking = Chunking.parse(value);
                case "--trickle" -> layout = Layout.TRICKLE;
                case "--max-file-links" -> maxLinks = Integer.parseInt(value);
                case "--inline" -> inlineLimit = OptionalInt.of(32);
                case "--max-directory-links" -> maxDirectoryLinks = Integer.parseInt(value);
                case "--max-hamt-fanout" -> fanout = Integer.parseInt(value);
                case "--hidden" -> hidden = true;
                case "--wrap-with-directory" -> wrap = true;
                default -> throw new IllegalArgumentException(name);
            }
        }

        AddOptions options() {
            int defaultVersion = hash.equals(HashFunction.SHA2_256) ? 0 : 1;
            CidFormat format = new CidFormat(version.orElse(defaultVersion), Multicodec.DAG_PB, hash);
            return new AddOptions(
                    new ImportOptions(
                            format, rawLeaves.orElse(format.version() == 1), chunking, layout, maxLinks, inlineLimit),
                    new DirectoryOptions(
                            format,
                            inlineLimit,
                            estimation,
                            DirectoryOptions.DEFAULT_THRESHOLD,
                            maxDirectoryLinks,
                            fanout),
                    hidden,
                    wrap);
        }
    }
}
