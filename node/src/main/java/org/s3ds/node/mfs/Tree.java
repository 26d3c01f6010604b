package org.s3ds.node.mfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.unixfs.DirectoryEditor;
import org.s3ds.ipld.unixfs.DirectoryLookup;
import org.s3ds.ipld.unixfs.Entity;

/** The directories below one root, and how the root becomes another when an entry is put or removed. For one thread. */
final class Tree {
    /** What Kubo says of a name that is not there; scripts look for it. */
    static final String ABSENT = "file does not exist";

    /** And of one that is there already. */
    static final String TAKEN = "directory already has entry by that name";

    private final StagedBlocks blocks;
    private final DirectoryEditor editor;
    private final DirectoryLookup lookup;
    private final CidFormat format;
    private Cid root;

    /** @param root a directory */
    Tree(StagedBlocks blocks, MfsOptions options, Cid root) {
        this.blocks = blocks;
        this.editor = new DirectoryEditor(options.directories(), blocks, blocks);
        this.lookup = new DirectoryLookup(blocks);
        this.format = options.format();
        this.root = root;
    }

    Cid root() {
        return root;
    }

    /**
     * The entry at a path; of the root, a link without a name.
     *
     * @return empty when a name is surely not there
     * @throws IOException when a name on the way is no directory, or a block cannot be had
     */
    Optional<Link> find(MfsPath path) throws IOException {
        List<String> names = path.names();
        Optional<Link> at = path.isRoot() ? Optional.of(link(root)) : lookup.find(root, names.getFirst());
        for (int i = 1; i < names.size() && at.isPresent(); i++) {
            requireAccess(at.get(), names.subList(0, i + 1));
            at = lookup.find(at.get().cid(), names.get(i));
        }
        return at;
    }

    /** The same; a name that is not there is a failure. */
    Link require(MfsPath path) throws IOException {
        return find(path).orElseThrow(() -> new IOException(ABSENT));
    }

    /** Refuses a path at which there is no directory. */
    void requireDirectory(MfsPath path) throws IOException {
        requireDirectory(require(path), path);
    }

    private void requireDirectory(Link at, MfsPath path) throws IOException {
        if (!isDirectory(at.cid())) {
            throw new IOException(path.withSlash() + " is not a directory");
        }
    }

    boolean isDirectory(Cid cid) throws IOException {
        return cid.codec() != Multicodec.RAW && Entity.of(blocks.get(cid)) instanceof Entity.Directory;
    }

    /** A link to a block, without a name. */
    Link link(Cid cid) throws IOException {
        Block block = blocks.get(cid);
        return new Link("", cid, FileStat.cumulativeSize(block));
    }

    private void requireAccess(Link at, List<String> way) throws IOException {
        if (!isDirectory(at.cid())) {
            throw new IOException("cannot access " + String.join("/", way) + ": Not a directory");
        }
    }

    /**
     * Puts an entry into a directory, or another in place of the one with its name.
     *
     * @param missing how directories are named that are not there and are made; empty: none are made
     */
    void put(MfsPath directory, Link entry, Optional<CidFormat> missing) throws IOException {
        edit(directory, directories(directory, missing), at -> editor.put(at, entry));
    }

    /** Puts something in the place of what is at a path. */
    void replace(MfsPath path, Link entry) throws IOException {
        if (path.isRoot()) {
            root = entry.cid();
        } else {
            put(path.parent(), entry.withName(path.name()), Optional.empty());
        }
    }

    /** Removes an entry that is there. */
    void remove(MfsPath path) throws IOException {
        MfsPath directory = path.parent();
        edit(directory, directories(directory, Optional.empty()), at -> editor.remove(at, path.name()));
    }

    /** Names the root as new things are named, as every change does. */
    void renameRoot() throws IOException {
        root = blocks.rename(root, format);
    }

    /** Changes one directory. */
    private interface Edit {
        Link apply(Cid directory) throws IOException;
    }

    /** Changes the last directory of a way down, and then those above it, which link to it. */
    private void edit(MfsPath path, List<Cid> directories, Edit edit) throws IOException {
        Link changed = edit.apply(directories.getLast());
        for (int i = directories.size() - 2; i >= 0; i--) {
            changed =
                    editor.put(directories.get(i), changed.withName(path.names().get(i)));
        }
        root = changed.cid();
    }

    /** The directories on the way to one, from the root to itself. */
    private List<Cid> directories(MfsPath path, Optional<CidFormat> missing) throws IOException {
        List<Cid> directories = new ArrayList<>(List.of(blocks.rename(root, format)));
        for (int i = 0; i < path.names().size(); i++) {
            Optional<Link> next =
                    lookup.find(directories.getLast(), path.names().get(i));
            if (next.isEmpty()) {
                CidFormat made = missing.orElseThrow(() -> new IOException(ABSENT));
                while (directories.size() <= path.names().size()) {
                    directories.add(blocks.emptyDirectory(made));
                }
                return directories;
            }
            if (i + 1 < path.names().size()) {
                requireAccess(next.get(), path.names().subList(0, i + 2));
            } else {
                requireDirectory(next.get(), path);
            }
            directories.add(next.get().cid());
        }
        return directories;
    }
}
