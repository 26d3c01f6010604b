package org.s3ds.cli;

import java.io.IOException;
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.rpc.Reply;

/**
 * A command that can be asked of a daemon, as Kubo's are: what it does is told apart from how that is shown. Picocli
 * fills the annotated fields; an operation is used once. It is performed on a {@link Session}, here or in the daemon;
 * its results, JSON values or bytes, are shown by its {@link Display}, which is always on the side of who asked.
 */
sealed interface Operation permits Operation.OfNode, Operation.OfFiles {
    /** What shows the results of this operation, which has its options but may have been performed elsewhere. */
    Display display(Terminal terminal);

    /** Settles what depends on the terminal and was not given, or is for the command line alone. */
    default void prepare(TerminalSession local) throws IOException {}

    /**
     * Whether results are shown as text even when {@code --encoding=json} is given, as Kubo does for a few commands.
     */
    default boolean textAlone() {
        return false;
    }

    /** An operation that needs its options and arguments alone. */
    non-sealed interface OfNode extends Operation {
        /**
         * Does it.
         *
         * @throws IOException its message is the sentence for the user; what the reply was given before stands
         */
        void perform(Reply reply) throws IOException;
    }

    /** An operation that takes files, or what comes in their place. */
    non-sealed interface OfFiles extends Operation {
        /** The files that the command line names, in the order in which they are to be taken. */
        InputNode.Children files(TerminalSession session) throws IOException;

        /**
         * Does it.
         *
         * @param files what it is done with; read once, from front to back
         * @throws IOException its message is the sentence for the user; what the reply was given before stands
         */
        void perform(InputNode.Children files, Reply reply) throws IOException;
    }
}
