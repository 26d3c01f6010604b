package org.s3ds.cli;

import java.io.InputStream;
import java.util.OptionalLong;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.unixfs.InputNode;

/** Standard input as a file to add; its name may be empty. */
record StandardInput(String name, InputStream in) implements InputNode.File {
    @Override
    public InputStream open() {
        return in;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public Metadata metadata() {
        return Metadata.NONE;
    }
}
