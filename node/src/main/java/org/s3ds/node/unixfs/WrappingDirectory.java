package org.s3ds.node.unixfs;

import org.s3ds.ipld.unixfs.Metadata;

/** The directory without a name that {@code --wrap-with-directory} puts around the inputs. */
record WrappingDirectory(Children open) implements InputNode.Directory {
    @Override
    public String name() {
        return "";
    }

    @Override
    public Metadata metadata() {
        return Metadata.NONE;
    }
}
