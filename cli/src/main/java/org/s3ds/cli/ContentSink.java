package org.s3ds.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.unixfs.TreeSink;

/** Takes the bytes of files alone, one file after the other. */
final class ContentSink implements TreeSink {
    private final OutputStream out;

    ContentSink(OutputStream out) {
        this.out = out;
    }

    @Override
    public void directory(List<String> path, Metadata metadata) {}

    @Override
    public void endDirectory(List<String> path, Metadata metadata) {}

    @Override
    public void file(List<String> path, Metadata metadata, Content content) throws IOException {
        content.copyTo(out);
    }

    @Override
    public void symlink(List<String> path, Metadata metadata, String target) {}
}
