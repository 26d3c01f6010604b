package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;
import org.s3ds.node.Node;
import org.s3ds.node.pins.BlockRemoval;
import org.s3ds.rpc.Reply;
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
final class BlockRemoveCommand implements Operation.OfNode {
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

    BlockRemoveCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        List<Cid> cids = new ArrayList<>();
        for (String path : paths) {
            cids.add(session.resolve(path));
        }
        Node node = session.node();
        new BlockRemoval(node.blocks(), node.kept()).remove(cids, force, (cid, refusal) -> {
            if (refusal.isPresent() || !quiet) {
                reply.value(fields(session.text(cid), refusal));
            }
        });
    }

    private static Map<String, Object> fields(String cid, Optional<String> refusal) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Hash", cid);
        refusal.ifPresent(reason -> fields.put("Error", reason));
        return fields;
    }

    @Override
    public boolean textAlone() {
        return true;
    }

    @Override
    public Display display(Terminal terminal) {
        return new Removals(terminal);
    }

    /** A line for each block, and a failure at the end if one of them stayed. */
    private static final class Removals extends Results {
        private boolean someFailed;

        Removals(Terminal terminal) {
            super(terminal);
        }

        @Override
        public void value(@Nullable Object value) throws IOException {
            if (!(value instanceof Map<?, ?> block)) {
                super.value(value);
                return;
            }
            if (block.containsKey("Error")) {
                someFailed = true;
                terminal().err().println("cannot remove " + block.get("Hash") + ": " + block.get("Error"));
            } else {
                terminal().out().println("removed " + block.get("Hash"));
            }
        }

        @Override
        public void end() throws IOException {
            if (someFailed) {
                throw new IOException("some blocks not removed");
            }
        }
    }
}
