package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.s3ds.ipld.Cid;
import org.s3ds.node.Node;
import org.s3ds.node.pins.BlockRemoval;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code block rm}: removes blocks. As with Kubo, it prints text whatever {@code --encoding} says. */
@Command(
        description = {
            "Removes blocks from the store. One that a pin keeps, by itself or below another, stays, and the",
            "command fails: unpin it first. So does what is in the files (MFS)."
        },
        footer = "s3ds block rm CID")
final class BlockRemoveCommand implements Action {
    private final Session session;

    @Option(
            names = {"--force", "-f"},
            description = "Blocks that are not there count as removed.")
    private boolean force;

    @Option(
            names = {"--quiet", "-q"},
            description = "Print failures alone.")
    private boolean quiet;

    @Parameters(paramLabel = "<cid>...", arity = "1..*", description = "The blocks' CIDs, or paths that lead to them.")
    private List<String> paths = List.of();

    private boolean someFailed;

    BlockRemoveCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        List<Cid> cids = new ArrayList<>();
        for (String path : paths) {
            cids.add(session.resolve(path));
        }
        Node node = session.node();
        new BlockRemoval(node.blocks(), node.kept()).remove(cids, force, this::print);
        if (someFailed) {
            throw new IOException("some blocks not removed");
        }
    }

    private void print(Cid cid, Optional<String> refusal) throws IOException {
        if (refusal.isPresent()) {
            someFailed = true;
            session.terminal().err().println("cannot remove " + session.text(cid) + ": " + refusal.get());
        } else if (!quiet) {
            session.terminal().out().println("removed " + session.text(cid));
        }
    }
}
