package org.s3ds.node.unixfs;

import java.io.IOException;
import java.util.List;

/** Names in a directory's block may be any text; those that would lead out of a folder are refused here. */
final class EntryNames {
    private EntryNames() {}

    /** Refuses a path whose last name is not one name of a file. The names before it were checked in their turn. */
    static void check(List<String> path) throws IOException {
        String name = path.getLast();
        boolean bad = name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || name.indexOf('/') >= 0
                || name.indexOf('\0') >= 0;
        if (bad) {
            throw new IOException("the name \"%s\" in %s is not a file's name: it could lead out of the folder"
                    .formatted(name.replace("\0", "\\x00"), folder(path)));
        }
    }

    private static String folder(List<String> path) {
        return path.size() == 1 ? "the root" : String.join("/", path.subList(0, path.size() - 1));
    }
}
