package org.s3ds.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.unixfs.Layout;
import org.s3ds.ipld.unixfs.Mtime;
import org.s3ds.node.ImportConfig;
import org.s3ds.node.pins.PinRecord;
import org.s3ds.node.repo.Config;
import org.s3ds.node.unixfs.AddOptions;
import org.s3ds.node.unixfs.ImportChoice;
import org.s3ds.node.unixfs.MetadataRule;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code add} that say how files become blocks, and what becomes of the blocks. */
final class AddFormat {
    private static final long MAX_NANOS = 999_999_999;

    @Option(
            names = {"--only-hash", "-n"},
            description = "Print CIDs, store nothing.")
    private boolean onlyHash;

    @Option(
            names = {"--wrap-with-directory", "-w"},
            description = "Put what is added into a new directory.")
    private boolean wrap;

    @Option(
            names = {"--empty-dirs", "-E"},
            description = "Add empty directories too. Default: true.")
    @Nullable
    private Boolean emptyDirectories;

    @Option(names = "--pin", description = "Pin what is added, so that garbage collection keeps it. Default: true.")
    @Nullable
    private Boolean pin;

    @Option(names = "--pin-name", paramLabel = "<name>", description = "The name of the pin, at most 255 bytes.")
    private String pinName = "";

    @Option(
            names = "--cid-version",
            paramLabel = "<version>",
            description = "0 or 1. Default: Import.CidVersion of the config, else 0; 1 where the hash demands it.")
    @Nullable
    private Integer cidVersion;

    @Option(
            names = "--hash",
            paramLabel = "<hash>",
            description = "The hash function. Default: Import.HashFunction of the config, else sha2-256.")
    private String hash = "";

    @Option(
            names = "--raw-leaves",
            description = "Chunks are blocks as they are. Default: Import.UnixFSRawLeaves, else with CIDv1.")
    @Nullable
    private Boolean rawLeaves;

    @Option(
            names = {"--chunker", "-s"},
            paramLabel = "<rule>",
            description = "size-N, rabin-MIN-AVG-MAX or buzhash. Default: Import.UnixFSChunker, else size-262144.")
    private String chunker = "";

    @Option(
            names = {"--trickle", "-t"},
            description = "Lay files out for reading in sequence. Default: Import.UnixFSDAGLayout, else balanced.")
    @Nullable
    private Boolean trickle;

    @Option(
            names = "--max-file-links",
            paramLabel = "<n>",
            description = "Links of a file's node at most. Default: Import.UnixFSFileMaxLinks, else 174.")
    @Nullable
    private Integer maxFileLinks;

    @Option(
            names = "--max-directory-links",
            paramLabel = "<n>",
            description =
                    "Entries of a directory in one block at most. Default: Import.UnixFSDirectoryMaxLinks, else any.")
    @Nullable
    private Integer maxDirectoryLinks;

    @Option(
            names = "--max-hamt-fanout",
            paramLabel = "<n>",
            description = "Slots of a shard: a power of two, 8 to 1024."
                    + " Default: Import.UnixFSHAMTDirectoryMaxFanout, else 256.")
    @Nullable
    private Integer maxHamtFanout;

    @Option(names = "--inline", description = "Put small blocks into their CIDs.")
    private boolean inline;

    @Option(names = "--inline-limit", paramLabel = "<bytes>", description = "Blocks of up to so many bytes are small.")
    private int inlineLimit = 32;

    @Option(names = "--preserve-mode", description = "Store the permission bits of each file.")
    private boolean preserveMode;

    @Option(names = "--preserve-mtime", description = "Store when each file was changed.")
    private boolean preserveMtime;

    @Option(names = "--mode", paramLabel = "<bits>", description = "Store these permission bits, such as 0644.")
    @Nullable
    private Unsigned mode;

    @Option(names = "--mtime", paramLabel = "<seconds>", description = "Store this time of change, since 1970.")
    @Nullable
    private Long mtime;

    @Option(names = "--mtime-nsecs", paramLabel = "<n>", description = "And this part of a second.")
    @Nullable
    private Unsigned mtimeNanos;

    @Option(
            names = "--to-files",
            paramLabel = "<path>",
            description = "Let this path among the files (MFS) lead to what is added; with a slash at its end, a"
                    + " directory that is there.")
    @Nullable
    private String toFiles;

    @Option(names = "--nocopy", hidden = true)
    private boolean noCopy;

    /** Of no effect here: there is no network to announce anything to, and no file store to look in. */
    @Option(names = "--fscache", hidden = true)
    boolean ofNoEffect;

    @Mixin
    FastProvideOptions fastProvide = new FastProvideOptions();

    /** Whether all inputs come into one new directory. */
    boolean wraps() {
        return wrap;
    }

    /** Refuses options that contradict each other. */
    void check() throws IOException {
        PinRecord.checkName(pinName);
        if (!pinName.isEmpty() && !orTrue(pin)) {
            throw new IOException("pin-name option requires pin to be set");
        }
        if (mtimeNanos != null && mtime == null) {
            throw new IOException("option \"mtime-nsecs\" requires \"mtime\" to be provided as well");
        }
        if (toFiles != null && onlyHash) {
            throw new IOException("only-hash and to-files options are not compatible");
        }
        if (toFiles != null && wrap) {
            throw new IOException("wrap-with-directory and to-files options are not compatible");
        }
        if (noCopy) {
            throw new IOException("--nocopy is not supported: the blocks of a bucket cannot lie in local files");
        }
    }

    /** Where among the files what is added is to be found; empty when nowhere. */
    Optional<String> toFiles() {
        return Optional.ofNullable(toFiles);
    }

    /** How the add is done, by the options and, where they say nothing, by the config. */
    AddOptions options(Config config) throws IOException {
        MetadataRule metadata = metadata();
        ImportChoice chosen = metadata.storesAny() ? choice().forMetadata() : choice();
        ImportChoice all = chosen.or(ImportConfig.of(config));
        OptionalInt inlined = inline ? OptionalInt.of(inlineLimit) : OptionalInt.empty();
        return new AddOptions(
                all.files(inlined),
                all.directories(inlined),
                metadata,
                wrap,
                orTrue(emptyDirectories),
                onlyHash,
                orTrue(pin),
                pinName);
    }

    private ImportChoice choice() throws IOException {
        return new ImportChoice(
                Optional.ofNullable(cidVersion).filter(version -> version >= 0),
                Optional.of(hash).filter(text -> !text.isEmpty()),
                Optional.ofNullable(rawLeaves),
                Optional.of(chunker).filter(text -> !text.isEmpty()),
                Optional.ofNullable(trickle).map(yes -> yes ? Layout.TRICKLE : Layout.BALANCED),
                Optional.ofNullable(maxFileLinks),
                Optional.ofNullable(maxDirectoryLinks),
                Optional.ofNullable(maxHamtFanout),
                Optional.empty(),
                Optional.empty());
    }

    private MetadataRule metadata() throws IOException {
        OptionalInt bits = mode == null ? OptionalInt.empty() : OptionalInt.of((int) mode.value() & 07777);
        return new MetadataRule(preserveMode, preserveMtime, bits, time());
    }

    private Optional<Mtime> time() throws IOException {
        if (mtime == null) {
            return Optional.empty();
        }
        long nanos = mtimeNanos == null ? 0 : mtimeNanos.value();
        if (nanos > MAX_NANOS) {
            throw new IOException("mtime nanoseconds must be in range [1, " + MAX_NANOS + "]");
        }
        return Optional.of(new Mtime(mtime, (int) nanos));
    }

    private static boolean orTrue(@Nullable Boolean flag) {
        return flag == null || flag;
    }
}
