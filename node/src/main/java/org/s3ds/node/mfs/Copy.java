package org.s3ds.node.mfs;

import java.io.IOException;
import java.util.Optional;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import org.s3ds.ipld.unixfs.UnixfsNode;

/** Lets a path lead to what something else leads to; nothing but names is copied. */
final class Copy {
    private final Change change;
    private final CopySource source;
    private final MfsPath destination;
    private final CopyOptions how;

    Copy(Change change, CopySource source, MfsPath destination, CopyOptions how) {
        this.change = change;
        this.source = source;
        this.how = how;
        this.destination =
                (destination.slash() || destination.isRoot()) && !source.name().isEmpty()
                        ? destination.child(source.name())
                        : destination;
    }

    void run() throws IOException {
        Link copied = source();
        if (how.force()) {
            requireFileOrNothing();
        }
        try {
            put(copied);
        } catch (IOException e) {
            throw new IOException("cp: cannot put node in path " + destination + ": " + e.getMessage(), e);
        }
    }

    private Link source() throws IOException {
        try {
            return switch (source) {
                case CopySource.Files(MfsPath path) -> change.tree().require(path);
                case CopySource.Content(Cid root, String _) -> content(root);
            };
        } catch (NotUnixfsException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("cp: cannot get node from path " + source + ": " + e.getMessage(), e);
        }
    }

    /** A source that can be no file or directory. */
    private static final class NotUnixfsException extends IOException {
        private static final long serialVersionUID = 1L;

        NotUnixfsException(String reason) {
            super("cp: source must be a valid UnixFS (dag-pb or raw codec)" + reason);
        }
    }

    /** What there is of a DAG stays until the new root keeps it; what is missing may be missing. */
    private Link content(Cid root) throws IOException {
        boolean heldOff = change.scope().holdOff();
        Block block = change.scope().blocks().getStored(root);
        requireUnixfs(block);
        if (!heldOff) {
            Change.touchAll(change.scope().blocks(), root);
        }
        return new Link("", root, FileStat.cumulativeSize(block));
    }

    private static void requireUnixfs(Block block) throws NotUnixfsException {
        if (block.cid().codec() == Multicodec.RAW) {
            return;
        }
        if (block.cid().codec() != Multicodec.DAG_PB) {
            throw new NotUnixfsException("");
        }
        try {
            byte[] data = PbNode.decode(block.data())
                    .data()
                    .orElseThrow(() -> new FormatException("block " + block.cid() + " has no data"));
            UnixfsNode.decode(data);
        } catch (FormatException e) {
            throw new NotUnixfsException(": " + e.getMessage());
        }
    }

    private void requireFileOrNothing() throws IOException {
        Tree tree = change.tree();
        MfsPath parent = destination.parent();
        Optional<Link> directory = tree.find(parent);
        if (directory.isEmpty()) {
            return;
        }
        if (!tree.isDirectory(directory.get().cid())) {
            throw new IOException("cp: cannot unlink existing file: not a directory: " + parent.withSlash());
        }
        Optional<Link> there = tree.find(destination);
        if (there.isPresent() && tree.isDirectory(there.get().cid())) {
            throw new IOException("cp: cannot unlink existing file: not a file: " + destination);
        }
    }

    private void put(Link copied) throws IOException {
        if (destination.isRoot() || destination.slash()) {
            throw new IOException("the root has no name, so give its copy one");
        }
        Optional<CidFormat> missing = change.missing(how.parents(), how.format());
        if (missing.isEmpty()) {
            change.tree().requireDirectory(destination.parent());
        }
        if (!how.force() && change.tree().find(destination).isPresent()) {
            throw new IOException(Tree.TAKEN);
        }
        change.tree().put(destination.parent(), copied.withName(destination.name()), missing);
    }
}
