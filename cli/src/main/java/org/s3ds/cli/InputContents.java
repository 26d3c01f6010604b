package org.s3ds.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.s3ds.node.unixfs.InputNode;

/** The contents of files, for a command that takes no directories. */
final class InputContents {
    private final InputNode.Children files;

    InputContents(InputNode.Children files) {
        this.files = files;
    }

    /** The content of the next file, which the caller closes before it asks for another; empty at the end. */
    Optional<InputStream> next() throws IOException {
        Optional<InputNode> next = files.next();
        if (next.isEmpty()) {
            return Optional.empty();
        }
        if (next.get() instanceof InputNode.File file) {
            return Optional.of(file.open());
        }
        throw new IOException("expected a regular file");
    }

    /** The content of the only file. */
    InputStream only() throws IOException {
        return next().orElseThrow(() -> new IOException("expected a regular file"));
    }

    /** The bytes of the only file, so many at most. */
    byte[] only(int most) throws IOException {
        try (InputStream content = only()) {
            return content.readNBytes(most);
        }
    }
}
