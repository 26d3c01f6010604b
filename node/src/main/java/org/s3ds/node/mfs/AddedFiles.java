package org.s3ds.node.mfs;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Link;
import org.s3ds.node.unixfs.Added;
import org.s3ds.node.unixfs.Adder;

/** Lets paths among the files lead to what is added. */
public final class AddedFiles implements Adder.Keeper {
    private final Mfs files;
    private final MfsPath destination;
    private boolean taken;

    /**
     * Of one add.
     *
     * @param destination the path of the one thing that is added; with a slash at its end a directory that is there, in
     *     which everything has its own name
     * @throws IOException when it is no path
     */
    public AddedFiles(Mfs files, String destination) throws IOException {
        this.files = files;
        try {
            this.destination = MfsPath.parse(destination.isEmpty() ? "/" : destination);
        } catch (IOException e) {
            throw failure(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void keep(Added root) throws IOException {
        files.change(change -> put(change.tree(), root));
        taken = true;
    }

    private void put(Tree tree, Added root) throws IOException {
        boolean inside = destination.slash() || destination.isRoot();
        if (inside) {
            requireDirectory(tree);
        } else if (taken) {
            throw failure("MFS destination is a file: only one entry can be copied to " + quoted(destination), null);
        }
        MfsPath path = inside ? destination.child(root.name()) : destination;
        requireParent(tree, path);
        try {
            if (tree.find(path).isPresent()) {
                throw new IOException(Tree.TAKEN);
            }
            tree.put(path.parent(), new Link(path.name(), root.cid(), root.size()), Optional.empty());
        } catch (IOException e) {
            throw failure("cannot put node in path " + quoted(path) + ": " + e.getMessage(), e);
        }
    }

    private void requireDirectory(Tree tree) throws IOException {
        Link directory;
        try {
            directory = tree.require(destination);
        } catch (IOException e) {
            throw failure("MFS destination directory " + quoted(destination) + " does not exist: " + e.getMessage(), e);
        }
        if (!tree.isDirectory(directory.cid())) {
            throw failure("MFS destination " + quoted(destination) + " is not a directory", null);
        }
    }

    private static void requireParent(Tree tree, MfsPath path) throws IOException {
        try {
            tree.require(path.parent());
        } catch (IOException e) {
            String paths = quoted(path) + " " + quoted(path.parent());
            throw failure("MFS destination parent " + paths + " does not exist: " + e.getMessage(), e);
        }
    }

    private static String quoted(MfsPath path) {
        return "\"" + path + "\"";
    }

    private static IOException failure(String sentence, @Nullable IOException cause) {
        return new IOException("to-files: " + sentence, cause);
    }
}
