package org.s3ds.node.mfs;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.ipld.unixfs.Mtime;
import org.s3ds.node.blocks.BlockWriter;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.Scope;
import org.s3ds.node.blocks.Window;
import org.s3ds.node.pins.FilesRoot;

/**
 * The files of a node (MFS): names that lead to content, and can be made to lead to other content. There is one for
 * each node. Any thread may call anything.
 *
 * <ul>
 *   <li>Everything is below one root, a directory; a change makes a new root, and nothing else is ever changed.
 *   <li>A change is durable when its call returns: its blocks first, then the root. One that fails, or is cut off by a
 *       kill, leaves the root as it was, whole.
 *   <li>There is one change at a time, in the order in which they were asked for. Who reads sees the root that was the
 *       last when the call began.
 *   <li>Only the directories on the way are read and written; of files, what an edit must.
 *   <li>Sentences for what cannot be done are Kubo's where it has one.
 * </ul>
 */
public final class Mfs {
    /** What the root is while there are no files. */
    public static final Cid EMPTY_DIRECTORY = CidFormat.V0.cid(StagedBlocks.EMPTY_DIRECTORY);

    private static final int PERMISSIONS = 0777;

    private final Blockstore blocks;
    private final FilesRoot root;
    private final MfsOptions options;

    /** Who has it may change the root. */
    private final Semaphore turn = new Semaphore(1, true);

    /** The files of a node. */
    public Mfs(Blockstore blocks, FilesRoot root, MfsOptions options) {
        this.blocks = blocks;
        this.root = root;
        this.options = options;
    }

    /**
     * What is at a path, its root block read.
     *
     * @throws IOException when there is nothing, or a block cannot be had
     */
    public MfsNode find(MfsPath path) throws IOException {
        StagedBlocks staged = new StagedBlocks(blocks);
        Cid cid = tree(staged).require(path).cid();
        return MfsNode.of(staged.get(cid), blocks);
    }

    /** Makes a directory. */
    public void makeDirectory(MfsPath path, boolean parents, Optional<CidFormat> format) throws IOException {
        change(change -> change.makeDirectory(path, parents, format));
    }

    /** Writes bytes to a file. */
    public void write(MfsPath path, WriteOptions how, InputStream content) throws IOException {
        how.check();
        change(change -> change.write(path, how, content));
    }

    /**
     * Lets a path lead to what another path leads to, or to any content, of which nothing but the root block need be
     * there. A destination with a slash at its end is a directory, in which the copy has the name of the source.
     */
    public void copy(CopySource source, MfsPath destination, CopyOptions how) throws IOException {
        change(change -> new Copy(change, source, destination, how).run());
    }

    /**
     * Moves something. A destination that is a directory, or has a slash at its end, is where it goes under its name.
     */
    public void move(MfsPath source, MfsPath destination) throws IOException {
        change(change -> change.move(source, destination));
    }

    /**
     * Removes paths, each for itself.
     *
     * @param recursive directories too
     * @param force directories too, what cannot be read, and what is not there
     * @return a sentence for each that could not be removed
     */
    public List<String> remove(List<String> paths, boolean recursive, boolean force) throws IOException {
        Removal removal = new Removal(recursive, force);
        change(change -> removal.remove(change.tree(), paths));
        return removal.failures();
    }

    /** Names a directory's root block in another way; what is below it stays as it is. */
    public void changeFormat(MfsPath path, CidFormat format) throws IOException {
        change(change -> change.changeFormat(path, format));
    }

    /** Sets the permission bits of something; the lowest nine count, as with Kubo. */
    public void changeMode(MfsPath path, int mode) throws IOException {
        change(change ->
                change.changeMetadata(path, old -> new Metadata(OptionalInt.of(mode & PERMISSIONS), old.mtime())));
    }

    /** Sets when something was last changed. */
    public void changeTime(MfsPath path, Mtime time) throws IOException {
        change(change -> change.changeMetadata(path, old -> new Metadata(old.mode(), Optional.of(time))));
    }

    /**
     * Lets another directory be the root, whatever the root is now: what was below it is garbage then, unless something
     * else keeps it. Of the new one nothing but the root block need be there.
     *
     * @return the root before; empty when there was none, or none that is a CID
     * @throws IOException when the block is not there, or is no directory
     */
    public Optional<Cid> changeRoot(Cid directory) throws IOException {
        takeTurn();
        try (Scope scope = blocks.protect()) {
            boolean heldOff = scope.holdOff();
            RootDirectory.requireNew(directory, scope.blocks());
            if (!heldOff) {
                Change.touchAll(scope.blocks(), directory);
            }
            Optional<Cid> before = RootDirectory.knownBefore(root);
            blocks.sync();
            root.set(directory);
            return before;
        } finally {
            turn.release();
        }
    }

    /** What one change does. */
    interface Edit {
        void apply(Change change) throws IOException;
    }

    /** Makes one change, durable on return; when there is nothing new, nothing is stored. */
    void change(Edit edit) throws IOException {
        takeTurn();
        try (Scope scope = blocks.protect();
                BlockWriter writer = new BlockWriter(scope.blocks(), Window.DEFAULT)) {
            StagedBlocks staged = new StagedBlocks(scope.blocks());
            Tree tree = tree(staged);
            Cid before = tree.root();
            edit.apply(new Change(scope, writer, staged, tree, options));
            if (!tree.root().equals(before)) {
                staged.store(tree.root(), writer);
                writer.flush();
                blocks.sync();
                root.set(tree.root());
            }
        } finally {
            turn.release();
        }
    }

    private void takeTurn() throws IOException {
        try {
            turn.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException io = new InterruptedIOException("interrupted while another change was being made");
            io.initCause(e);
            throw io;
        }
    }

    private Tree tree(StagedBlocks staged) throws IOException {
        return new Tree(staged, options, RootDirectory.read(root, staged));
    }
}
