package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.Link;

/**
 * Turns the entries of one directory into its blocks, in one block or sharded. The result depends on the entries alone,
 * not on the sequence they came in. Holds about 70 bytes for each entry beside its name and CID. For one thread, to be
 * built once.
 */
public final class DirectoryBuilder {
    private final DirectoryOptions options;
    private final Metadata metadata;
    private final List<EncodedLink> entries = new ArrayList<>();

    /** An empty directory; the metadata is stored in its root. */
    public DirectoryBuilder(DirectoryOptions options, Metadata metadata) {
        this.options = options;
        this.metadata = metadata;
    }

    /**
     * Adds an entry; it takes the place of one with the same name.
     *
     * @throws IllegalArgumentException when the name is empty, holds a slash, or is not Unicode text
     */
    public void add(Link entry) {
        requireName(entry);
        entries.add(EncodedLink.of(entry));
    }

    static void requireName(Link entry) {
        if (entry.name().isEmpty() || entry.name().indexOf('/') >= 0) {
            throw new IllegalArgumentException("\"" + entry.name() + "\" cannot name an entry of a directory");
        }
    }

    /**
     * Hands the blocks to a sink, children before parents.
     *
     * @return the root: no name, its CID, and the bytes of all blocks at and below it, entries included
     * @throws IOException when the sink fails
     * @throws org.s3ds.ipld.FormatException when a directory that may not be sharded is more than 2 MiB, or two names
     *     have the same hash
     */
    public Link build(BlockSink sink) throws IOException {
        BlockWriter blocks = new BlockWriter(options.format(), options.inlineLimit(), sink);
        entries.sort(EncodedLink.BY_HASH);
        keepLastOfEachName();
        if (isSharded()) {
            return new HamtWriter(entries, options.fanout(), metadata, blocks).write();
        }
        entries.sort(EncodedLink.BY_NAME);
        return blocks.node(entries, UnixfsNode.directory(metadata));
    }

    private void keepLastOfEachName() {
        int kept = 0;
        for (int i = 0; i < entries.size(); i++) {
            boolean replaced = i + 1 < entries.size() && entries.get(i).hasNameOf(entries.get(i + 1));
            if (!replaced) {
                entries.set(kept++, entries.get(i));
            }
        }
        entries.subList(kept, entries.size()).clear();
    }

    private boolean isSharded() {
        long size = options.sizeOfEmpty(metadata)
                + entries.stream().mapToLong(options::sizeOf).sum();
        return options.isSharded(entries.size(), size);
    }
}
