package org.s3ds.node.mfs;

import org.s3ds.ipld.Cid;

/** What is copied. */
public sealed interface CopySource {
    /** What it is called in a path behind a slash, when no other name is given. */
    String name();

    /**
     * A file or directory, whoever keeps it.
     *
     * @param root what names it
     * @param path how it was asked for
     */
    record Content(Cid root, String path) implements CopySource {
        @Override
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /** What is among the files. */
    record Files(MfsPath path) implements CopySource {
        @Override
        public String name() {
            return path.name();
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }
}
