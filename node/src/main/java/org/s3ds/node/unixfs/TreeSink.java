package org.s3ds.node.unixfs;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.s3ds.ipld.unixfs.Metadata;

/**
 * Takes a file tree, a directory before what is in it. A path is the names from the root down, the root's own name
 * first; names are as the blocks have them, so that a sink checks what it cannot take.
 */
public interface TreeSink {
    /** Begins a directory. */
    void directory(List<String> path, Metadata metadata) throws IOException;

    /** Ends the directory that began last and has not ended. */
    void endDirectory(List<String> path, Metadata metadata) throws IOException;

    /** A file; the sink takes its content before it returns. */
    void file(List<String> path, Metadata metadata, Content content) throws IOException;

    /** A symlink. */
    void symlink(List<String> path, Metadata metadata, String target) throws IOException;

    /** What is in a file. */
    interface Content {
        /** How many bytes {@link #copyTo} writes; it fails rather than write more or fewer. */
        long size();

        /** Writes everything, once. */
        void copyTo(OutputStream out) throws IOException;
    }
}
