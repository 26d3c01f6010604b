package org.s3ds.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.unixfs.InputNode;

/** Inputs without those that cannot be added, at any depth, of which the reasons are kept. */
record PresentInputs(InputNode.Children all, List<String> refused) implements InputNode.Children {
    @Override
    public Optional<InputNode> next() throws IOException {
        for (Optional<InputNode> next = all.next(); next.isPresent(); next = all.next()) {
            switch (next.get()) {
                case InputNode.Refused no -> refused.add(no.reason());
                case InputNode.Directory directory -> {
                    return Optional.of(new PresentDirectory(directory, refused));
                }
                case InputNode.File _, InputNode.Symlink _ -> {
                    return next;
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        all.close();
    }

    private record PresentDirectory(InputNode.Directory directory, List<String> refused)
            implements InputNode.Directory {
        @Override
        public String name() {
            return directory.name();
        }

        @Override
        public Metadata metadata() {
            return directory.metadata();
        }

        @Override
        public InputNode.Children open() throws IOException {
            return new PresentInputs(directory.open(), refused);
        }
    }
}
