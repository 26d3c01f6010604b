package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Data;
import org.s3ds.ipld.DataCodec;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;

/**
 * Follows a path down, through directories by the names of their entries, through other blocks by the keys of maps and
 * the numbers of lists. Symlinks on the way are not followed.
 */
public final class PathResolver {
    private final BlockSource blocks;
    private final DirectoryLookup directories;

    /** A resolver over the blocks of this source. */
    public PathResolver(BlockSource blocks) {
        this.blocks = blocks;
        this.directories = new DirectoryLookup(blocks);
    }

    /** What dag-pb blocks are to a path. */
    public enum View {
        /** Directories: {@code /ipfs}. */
        DIRECTORIES,
        /** Maps of {@code Data} and {@code Links}: {@code /ipld}. */
        DATA
    }

    /**
     * Where a path leads.
     *
     * @param cid the last block on the way
     * @param remainder what is left of the path, and leads to a value within that block; empty when it leads to the
     *     block itself, which then was not read
     */
    public record Target(Cid cid, List<String> remainder) {
        /** Copies the list. */
        public Target {
            remainder = List.copyOf(remainder);
        }

        /**
         * The block, of a path that leads to one.
         *
         * @throws FormatException when it leads to a value within a block
         */
        public Cid block() throws FormatException {
            if (!remainder.isEmpty()) {
                throw new FormatException("the path leads to \"%s\" within block %s, and not to a block of its own"
                        .formatted(String.join("/", remainder), cid));
            }
            return cid;
        }
    }

    /**
     * The block that a path leads to. It is not read.
     *
     * @param segments the names between the slashes, none of them empty; none at all leads to the root
     * @throws NoSuchLinkException when a name is surely not there
     * @throws FormatException when a block on the way is not what its place demands, or the path ends within a block
     * @throws IOException when a block on the way cannot be read
     */
    public Cid resolve(Cid root, List<String> segments) throws IOException {
        return locate(root, segments, View.DIRECTORIES).block();
    }

    /** The same, of a path that may lead to a value within a block. */
    public Target locate(Cid root, List<String> segments, View view) throws IOException {
        Cid at = root;
        int from = 0;
        while (from < segments.size()) {
            List<String> left = segments.subList(from, segments.size());
            Optional<Step> step = step(blocks.get(at), left, view);
            if (step.isEmpty()) {
                return new Target(at, left);
            }
            at = step.get().to;
            from += step.get().taken;
        }
        return new Target(at, List.of());
    }

    /** From a block to one that it links to, by so many segments. */
    private record Step(Cid to, int taken) {}

    /** The first step along a path; empty when the path ends within the block. */
    private Optional<Step> step(Block block, List<String> left, View view) throws IOException {
        long codec = block.cid().codec();
        if (codec == Multicodec.DAG_PB && view == View.DIRECTORIES) {
            Link link = directories
                    .find(block, left.getFirst())
                    .orElseThrow(() -> new NoSuchLinkException(left.getFirst(), block.cid()));
            return Optional.of(new Step(link.cid(), 1));
        }
        Data at = DataCodec.read(block);
        for (int i = 0; i < left.size(); i++) {
            Data below = below(at, left.get(i), block.cid());
            if (below instanceof Data.LinkTo(Cid to)) {
                return Optional.of(new Step(to, i + 1));
            }
            at = below;
        }
        return Optional.empty();
    }

    /**
     * What stands at a key of a map, or a number of a list.
     *
     * @param under the block, for the sentence when nothing does
     */
    private static Data below(Data data, String segment, Cid under) throws NoSuchLinkException {
        Data found = switch (data) {
            case Data.MapOf map -> map.entries().get(segment);
            case Data.ListOf list -> item(list.items(), segment);
            case Data.Null _, Data.Bool _, Data.Int _, Data.Real _, Data.Text _, Data.Bytes _, Data.LinkTo _ -> null;
        };
        if (found == null) {
            throw new NoSuchLinkException(segment, under);
        }
        return found;
    }

    private static @Nullable Data item(List<Data> items, String segment) {
        if (!segment.matches("[0-9]{1,9}")) {
            return null;
        }
        int index = Integer.parseInt(segment);
        return index < items.size() ? items.get(index) : null;
    }

    /**
     * The value within a block that a path ends at.
     *
     * @throws NoSuchLinkException when nothing is there
     */
    public static Data value(Block block, List<String> remainder) throws IOException {
        Data at = DataCodec.read(block);
        for (String segment : remainder) {
            at = below(at, segment, block.cid());
        }
        return at;
    }
}
