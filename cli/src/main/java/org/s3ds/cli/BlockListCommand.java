package org.s3ds.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multicodec;
import org.s3ds.node.blocks.ListedBlock;
import org.s3ds.node.upkeep.AllBlocks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Every block there is: {@code refs local}, and {@code repo ls}, which can say how large they are. */
final class BlockListCommand {
    private BlockListCommand() {}

    /** {@code refs local}. */
    @Command(
            description = "Prints every block of the store, as a CIDv1 of codec raw: a store knows hashes alone.",
            footer = "s3ds refs local | wc -l")
    static final class RefsLocal implements Action {
        private final TerminalSession session;

        RefsLocal(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            print(session, false);
        }
    }

    /** {@code repo ls}. */
    @Command(
            description = {
                "Prints every block of the store, as refs local does, and with --size the bytes of each. What else lies",
                "beside the blocks is left out."
            },
            footer = "s3ds repo ls --size | sort -k2 -n")
    static final class RepoLs implements Action {
        private final TerminalSession session;

        @Option(
                names = {"--size", "-s"},
                description = "Print the size of each block, in bytes, behind it.")
        private boolean size;

        RepoLs(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            print(session, size);
        }
    }

    private static void print(TerminalSession session, boolean withSizes) throws IOException {
        try (AllBlocks all = session.allBlocks();
                ReferenceLines out = new ReferenceLines(session)) {
            for (Optional<ListedBlock> block = all.next(); block.isPresent(); block = all.next()) {
                out.print(
                        session.text(Cid.v1(Multicodec.RAW, block.get().hash())),
                        withSizes ? block.get().size() : OptionalLong.empty());
            }
        }
    }
}
