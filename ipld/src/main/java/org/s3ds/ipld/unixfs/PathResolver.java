package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.util.List;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;

/** Follows a path from a directory down. */
public final class PathResolver {
    private final DirectoryLookup directories;

    /** A resolver over the directories of this source. */
    public PathResolver(BlockSource blocks) {
        this.directories = new DirectoryLookup(blocks);
    }

    /**
     * Where a path leads. Its last block is not read; symlinks on the way are not followed.
     *
     * @param segments the names between the slashes, none of them empty; none at all leads to the root
     * @throws NoSuchLinkException when a name is surely not there
     * @throws FormatException when a block on the way is not what its place demands
     * @throws IOException when a block on the way cannot be read
     */
    public Cid resolve(Cid root, List<String> segments) throws IOException {
        Cid at = root;
        for (String segment : segments) {
            Cid directory = at;
            at = directories
                    .find(directory, segment)
                    .orElseThrow(() -> new NoSuchLinkException(segment, directory))
                    .cid();
        }
        return at;
    }
}
