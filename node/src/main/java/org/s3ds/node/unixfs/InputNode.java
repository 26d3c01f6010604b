package org.s3ds.node.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.ipld.unixfs.Metadata;

/**
 * Something to add: a file, a directory or a symlink, from a disk, from a stream of parts, or from memory. An adder
 * takes nodes in sequence and is done with one before it asks for the next, so a source may read one stream from front
 * to back.
 */
public sealed interface InputNode {
    /** The name in its directory; empty for something unnamed, which then takes its CID as its name. */
    String name();

    /** Its permission bits and time of change as the source knows them. */
    Metadata metadata();

    /** A file. Its content is opened once, when its turn comes. */
    non-sealed interface File extends InputNode {
        /**
         * The content from its first byte. It fails, rather than end early or mix old and new, when the file changes
         * while it is read.
         */
        InputStream open() throws IOException;

        /** The length that the source expects, in bytes; empty when it cannot know. */
        OptionalLong size();
    }

    /** A directory. Its children are taken once, after its own turn has come. */
    non-sealed interface Directory extends InputNode {
        /** A cursor over the children, in the order in which they are to be added. */
        Children open() throws IOException;
    }

    /**
     * A symlink.
     *
     * @param target the path it holds
     */
    record Symlink(String name, Metadata metadata, String target) implements InputNode {}

    /**
     * Something that cannot be added, while its neighbours can.
     *
     * @param reason one sentence that names it
     */
    record Refused(String name, Metadata metadata, String reason) implements InputNode {}

    /** The children of a directory, read once from front to back. */
    interface Children extends AutoCloseable {
        /** The next child; empty at the end. */
        Optional<InputNode> next() throws IOException;

        @Override
        void close() throws IOException;

        /** A cursor over nodes that are there already. */
        static Children of(List<? extends InputNode> nodes) {
            Iterator<? extends InputNode> rest = List.copyOf(nodes).iterator();
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
}
