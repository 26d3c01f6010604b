package org.s3ds.node.plugins;

import java.nio.file.Path;

/**
 * A jar that is looked at.
 *
 * @param file where it is
 * @param shown what sentences call it: itself, or the user's own file that it is a copy of
 */
record NamedJar(Path file, Path shown) {
    /** One in the folder of plugins. */
    static NamedJar inFolder(Path file) {
        return new NamedJar(file, file);
    }

    /** Advice to take it away, which is none of ours where it is the user's own file. */
    String toRemove(String advice) {
        return file.equals(shown) ? advice : "";
    }
}
