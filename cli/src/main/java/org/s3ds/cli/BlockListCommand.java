package org.s3ds.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multicodec;
import org.s3ds.node.blocks.ListedBlock;
import org.s3ds.node.upkeep.AllBlocks;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Every block there is: {@code refs local}, and {@code repo ls}, which can say how large they are. */
final class BlockListCommand {
    private BlockListCommand() {}

    /** {@code refs local}. */
    @Command(
            description = "Prints every block of the store, as a CIDv1 of codec raw: a store knows hashes alone.",
            footer = "s3ds refs local | wc -l")
    static final class RefsLocal implements Operation.OfNode {
        private final Session session;

        RefsLocal(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            list(session, false, reply);
        }

        @Override
        public Display display(Terminal terminal) {
            return new ReferenceLines(terminal);
        }
    }

    /** {@code repo ls}. */
    @Command(
            description = {
                "Prints every block of the store, as refs local does, and with --size the bytes of each. What else lies",
                "beside the blocks is left out."
            },
            footer = "s3ds repo ls --size | sort -k2 -n")
    static final class RepoLs implements Operation.OfNode {
        private final Session session;

        @Option(
                names = {"--size", "-s"},
                description = "Print the size of each block, in bytes, behind it.")
        private boolean size;

        RepoLs(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            list(session, size, reply);
        }

        @Override
        public Display display(Terminal terminal) {
            return new ReferenceLines(terminal);
        }
    }

    private static void list(Session session, boolean withSizes, Reply reply) throws IOException {
        try (AllBlocks all = session.allBlocks()) {
            for (Optional<ListedBlock> block = all.next(); block.isPresent(); block = all.next()) {
                reply.value(ReferenceLines.fields(
                        session.text(Cid.v1(Multicodec.RAW, block.get().hash())),
                        withSizes ? block.get().size() : OptionalLong.empty()));
            }
        }
    }
}
