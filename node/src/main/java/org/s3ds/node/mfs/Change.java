package org.s3ds.node.mfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.unixfs.Entity;
import org.s3ds.ipld.unixfs.FileEditor;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.blocks.BlockWriter;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.DagWalk;
import org.s3ds.node.blocks.HashPolicy;
import org.s3ds.node.blocks.Scope;

/** One change of the files, on its way to a new root. For one thread. */
final class Change {
    private final Scope scope;
    private final BlockWriter writer;
    private final StagedBlocks staged;
    private final Tree tree;
    private final MfsOptions options;

    Change(Scope scope, BlockWriter writer, StagedBlocks staged, Tree tree, MfsOptions options) {
        this.scope = scope;
        this.writer = writer;
        this.staged = staged;
        this.tree = tree;
        this.options = options;
    }

    Scope scope() {
        return scope;
    }

    Tree tree() {
        return tree;
    }

    /** Asks for all blocks of a DAG, so that a collection that is running leaves them alone. */
    static void touchAll(Blockstore blocks, Cid root) throws IOException {
        try (DagWalk walk = new DagWalk(blocks, root, DagWalk.Leaves.PROVEN)) {
            for (Optional<DagWalk.Visit> visit = walk.next(); visit.isPresent(); visit = walk.next()) {
                boolean missing = visit.get().failure().orElse(null) instanceof MissingBlockException;
                if (!missing) {
                    visit.get().check();
                }
            }
        }
    }

    /** Makes a directory; with its parents, one that is there already is what was asked for. */
    void makeDirectory(MfsPath path, boolean parents, Optional<CidFormat> format) throws IOException {
        if (path.isRoot()) {
            if (parents) {
                return;
            }
            throw new IOException("cannot create directory '/': Already exists");
        }
        CidFormat made = format.orElse(options.format());
        Optional<Link> there = tree.find(path);
        if (there.isPresent()) {
            if (parents && tree.isDirectory(there.get().cid())) {
                return;
            }
            throw new IOException("file already exists");
        }
        Link directory = tree.link(staged.emptyDirectory(made)).withName(path.name());
        tree.put(path.parent(), directory, missing(parents, format));
    }

    /** How directories are named that are made on the way to a destination; empty when none are. */
    Optional<CidFormat> missing(boolean parents, Optional<CidFormat> format) {
        return parents ? Optional.of(format.orElse(options.format())) : Optional.empty();
    }

    void write(MfsPath path, WriteOptions how, InputStream content) throws IOException {
        Block file = openFile(path, how);
        BlockSource source = cid -> cid.equals(file.cid()) ? file : read(cid);
        FileEditor editor = new FileEditor(options.edits(how.rawLeaves()), source, this::store);
        InputStream limited = new LimitedInputStream(content, how.count().orElse(Long.MAX_VALUE));
        Link written = how.truncate()
                ? editor.rewrite(file.cid(), how.offset(), limited)
                : editor.write(file.cid(), how.offset(), limited);
        tree.put(path.parent(), written.withName(path.name()), missing(how.parents(), how.format()));
    }

    /** A writer lets pass what is inlined in its CID, however large. */
    private void store(Block block) throws IOException {
        HashPolicy.kubo().check(block.cid().hash());
        writer.put(block);
    }

    /** A block that may still be on its way to the store. */
    private Block read(Cid cid) throws IOException {
        try {
            return scope.blocks().get(cid);
        } catch (MissingBlockException _) {
            writer.flush();
            return scope.blocks().get(cid);
        }
    }

    private Block openFile(MfsPath path, WriteOptions how) throws IOException {
        Optional<Link> there = tree.find(path);
        if (there.isEmpty()) {
            if (!how.create() || path.slash()) {
                throw new IOException(Tree.ABSENT);
            }
            if (!how.parents()) {
                tree.requireDirectory(path.parent());
            }
            return staged.get(staged.emptyFile(how.format().orElse(options.format())));
        }
        Block file = staged.get(there.get().cid());
        return switch (Entity.of(file)) {
            case Entity.File _ -> file;
            case Entity.Symlink _ -> throw new IOException("symlinks not yet supported");
            case Entity.Directory _ -> throw new IOException(path + " was not a file");
        };
    }

    void move(MfsPath from, MfsPath to) throws IOException {
        if (from.slash() || from.isRoot()) {
            tree.requireDirectory(from);
            throw new IOException(Tree.ABSENT);
        }
        MfsPath given = to.slash() || to.isRoot() ? to.child(from.name()) : to;
        tree.requireDirectory(given.parent());
        tree.requireDirectory(from.parent());
        Link moved = tree.require(from);
        Optional<Link> there = tree.find(given);
        boolean into = there.isPresent() && tree.isDirectory(there.get().cid());
        MfsPath target = into ? given.child(from.name()) : given;
        if (into && tree.find(target).isPresent()) {
            throw new IOException(Tree.TAKEN);
        }
        if (target.equals(from)) {
            return;
        }
        if (target.isWithin(from)) {
            throw new IOException("cannot move " + from + " to " + target + ", which is inside it");
        }
        tree.put(target.parent(), moved.withName(target.name()), Optional.empty());
        tree.remove(from);
    }

    void changeFormat(MfsPath path, CidFormat format) throws IOException {
        Link directory = tree.require(path);
        if (!tree.isDirectory(directory.cid())) {
            throw new IOException("can only update directories");
        }
        tree.replace(path, tree.link(staged.rename(directory.cid(), format)));
    }

    void changeMetadata(MfsPath path, UnaryOperator<Metadata> next) throws IOException {
        if (path.isRoot()) {
            tree.renameRoot();
        }
        Link node = tree.require(path);
        Metadata old = Entity.of(staged.get(node.cid())).metadata();
        FileEditor editor = new FileEditor(options.edits(), staged, staged);
        tree.replace(path, editor.withMetadata(node.cid(), next.apply(old)));
    }
}
