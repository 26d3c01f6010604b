package org.s3ds.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.unixfs.TreeSink;

/** Hands everything on, and tells a progress line how many bytes of files that is. */
final class CountedSink implements TreeSink {
    private final TreeSink next;
    private final ProgressLine line;

    CountedSink(TreeSink next, ProgressLine line) {
        this.next = next;
        this.line = line;
    }

    @Override
    public void directory(List<String> path, Metadata metadata) throws IOException {
        next.directory(path, metadata);
    }

    @Override
    public void endDirectory(List<String> path, Metadata metadata) throws IOException {
        next.endDirectory(path, metadata);
    }

    @Override
    public void file(List<String> path, Metadata metadata, Content content) throws IOException {
        next.file(path, metadata, new Content() {
            @Override
            public long size() {
                return content.size();
            }

            @Override
            public void copyTo(OutputStream out) throws IOException {
                content.copyTo(new CountedOutputStream(out, line));
            }
        });
    }

    @Override
    public void symlink(List<String> path, Metadata metadata, String target) throws IOException {
        next.symlink(path, metadata, target);
    }
}
