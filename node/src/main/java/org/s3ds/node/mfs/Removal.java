package org.s3ds.node.mfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.s3ds.ipld.Link;

/** Removes paths, each for itself: what stands in the way of one does not keep the others. */
final class Removal {
    private final boolean recursive;
    private final boolean force;
    private final List<String> failures = new ArrayList<>();

    Removal(boolean recursive, boolean force) {
        this.recursive = recursive;
        this.force = force;
    }

    /** A sentence for each that could not be removed. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    void remove(Tree tree, List<String> paths) {
        for (String text : paths) {
            MfsPath path;
            try {
                path = MfsPath.parse(text);
            } catch (IOException e) {
                failures.add(text + " is not a valid path: " + e.getMessage());
                continue;
            }
            try {
                remove(tree, path);
            } catch (IOException e) {
                failures.add(path + ": " + e.getMessage());
            }
        }
    }

    private void remove(Tree tree, MfsPath path) throws IOException {
        if (path.isRoot()) {
            throw new IOException("cannot delete root");
        }
        Optional<Link> there = tree.find(path);
        if (there.isEmpty()) {
            if (force) {
                return;
            }
            throw new IOException(Tree.ABSENT);
        }
        if (!force && !recursive && tree.isDirectory(there.get().cid())) {
            throw new IOException("path is a directory, use -r to remove directories");
        }
        tree.remove(path);
    }
}
