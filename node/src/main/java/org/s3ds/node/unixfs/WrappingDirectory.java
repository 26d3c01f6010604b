package org.s3ds.node.unixfs;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.s3ds.ipld.unixfs.Metadata;

/** The directory without a name that {@code --wrap-with-directory} puts around the inputs. */
record WrappingDirectory(List<InputNode> inputs) implements InputNode.Directory {
    WrappingDirectory {
        inputs = List.copyOf(inputs);
    }

    @Override
    public String name() {
        return "";
    }

    @Override
    public Metadata metadata() {
        return Metadata.NONE;
    }

    @Override
    public Children open() {
        Iterator<InputNode> rest = inputs.iterator();
        return new Children() {
            @Override
            public Optional<InputNode> next() {
                return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
            }

            @Override
            public void close() {}
        };
    }
}
