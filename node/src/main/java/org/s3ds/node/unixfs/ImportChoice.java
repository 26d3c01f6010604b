package org.s3ds.node.unixfs;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.unixfs.Chunking;
import org.s3ds.ipld.unixfs.DirectoryOptions;
import org.s3ds.ipld.unixfs.ImportOptions;
import org.s3ds.ipld.unixfs.Layout;

/**
 * What somebody chose of the ways to make blocks; an absent choice is left to who is asked next, and in the end to
 * Kubo's defaults.
 *
 * @param hash by its name, as in {@code add --hash}
 * @param chunker its text, as in {@code add --chunker}
 * @param threshold bytes above which a directory is sharded
 */
public record ImportChoice(
        Optional<Integer> cidVersion,
        Optional<String> hash,
        Optional<Boolean> rawLeaves,
        Optional<String> chunker,
        Optional<Layout> layout,
        Optional<Integer> maxFileLinks,
        Optional<Integer> maxDirectoryLinks,
        Optional<Integer> fanout,
        Optional<Long> threshold,
        Optional<DirectoryOptions.Estimation> estimation) {
    /** Nothing chosen. */
    public static final ImportChoice NONE = new ImportChoice(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** These choices, and another's where these are absent. */
    public ImportChoice or(ImportChoice other) {
        return new ImportChoice(
                cidVersion.or(other::cidVersion),
                hash.or(other::hash),
                rawLeaves.or(other::rawLeaves),
                chunker.or(other::chunker),
                layout.or(other::layout),
                maxFileLinks.or(other::maxFileLinks),
                maxDirectoryLinks.or(other::maxDirectoryLinks),
                fanout.or(other::fanout),
                threshold.or(other::threshold),
                estimation.or(other::estimation));
    }

    /**
     * These choices for files whose roots must hold metadata, which raw leaves cannot.
     *
     * @throws IOException when raw leaves were chosen
     */
    public ImportChoice forMetadata() throws IOException {
        if (rawLeaves.orElse(false)) {
            throw new IOException("raw-leaves can't be used with UnixFS metadata like mode or modification time");
        }
        return new ImportChoice(
                cidVersion,
                hash,
                Optional.of(false),
                chunker,
                layout,
                maxFileLinks,
                maxDirectoryLinks,
                fanout,
                threshold,
                estimation);
    }

    /** These choices with version 1 where the hash demands it, whatever version was chosen. */
    public ImportChoice withVersionForHash() {
        boolean usual = hash.map(name -> name.equalsIgnoreCase("sha2-256")).orElse(true);
        return new ImportChoice(
                usual ? cidVersion : cidVersion.filter(version -> version != 0),
                hash,
                rawLeaves,
                chunker,
                layout,
                maxFileLinks,
                maxDirectoryLinks,
                fanout,
                threshold,
                estimation);
    }

    /** How new blocks are named. Version 1 where the hash demands it and nobody chose a version. */
    private CidFormat format() throws IOException {
        String name = hash.orElse("sha2-256").toLowerCase(Locale.ROOT);
        HashFunction function = HashFunction.byName(name)
                .orElseThrow(() -> new IOException(
                        HashFunction.isWeak(name)
                                ? "potentially insecure hash functions not allowed"
                                : "unrecognized hash function: \"" + name + "\""));
        boolean usual = function.equals(HashFunction.SHA2_256);
        int version = cidVersion.orElse(usual ? 0 : 1);
        if (version != 0 && version != 1) {
            throw new IOException("unknown CID version: " + version);
        }
        if (version == 0 && !usual) {
            throw new IOException("CIDv0 only supports sha2-256");
        }
        return new CidFormat(version, Multicodec.DAG_PB, function);
    }

    /**
     * How files become blocks.
     *
     * @param inlineLimit blocks up to so many bytes become part of their CID; absent: none do
     * @throws IOException when a choice is not allowed
     */
    public ImportOptions files(OptionalInt inlineLimit) throws IOException {
        CidFormat format = format();
        Chunking chunking = Chunking.parse(chunker.orElse(""));
        try {
            return new ImportOptions(
                    format,
                    rawLeaves.orElse(format.version() == 1),
                    chunking,
                    layout.orElse(Layout.BALANCED),
                    maxFileLinks.orElse(ImportOptions.DEFAULT_MAX_LINKS),
                    inlineLimit);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * How directories become blocks.
     *
     * @throws IOException when a choice is not allowed
     */
    public DirectoryOptions directories(OptionalInt inlineLimit) throws IOException {
        try {
            return new DirectoryOptions(
                    format(),
                    inlineLimit,
                    estimation.orElse(DirectoryOptions.Estimation.LINKS),
                    threshold.orElse(DirectoryOptions.DEFAULT_THRESHOLD),
                    maxDirectoryLinks.orElse(0),
                    fanout.orElse(DirectoryOptions.DEFAULT_FANOUT));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
