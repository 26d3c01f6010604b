package org.s3ds.cli;

import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;
import org.s3ds.node.Node;
import org.s3ds.node.repo.Json;
import org.s3ds.node.upkeep.BadBlock;
import org.s3ds.node.upkeep.Tally;
import org.s3ds.node.upkeep.Verification;
import org.s3ds.node.upkeep.VerifyOptions;
import org.s3ds.node.upkeep.VerifyPosition;
import org.s3ds.node.upkeep.VerifyReport;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code repo verify}: whether every block is what its hash says. */
@Command(
        description = {
            "Reads every block of the store and compares it with its hash. Blocks that are not there are not its business:",
            "pin verify looks for those. What else wants something of the store goes first. A run that was cut short goes",
            "on where it was; --restart begins anew."
        },
        footer = {"s3ds repo verify", "s3ds repo verify --heal --drop"})
final class RepoVerifyCommand implements Operation.OfNode {
    private final Session session;

    @Option(names = "--drop", description = "Remove corrupt blocks; with --heal, those that could not be healed.")
    private boolean drop;

    @Option(
            names = "--heal",
            description = {
                "Put good copies in the place of corrupt blocks, from the buckets that readBuckets in the store's spec",
                "names."
            })
    private boolean heal;

    @Option(names = "--restart", description = "Begin with the first block, even if a run before was cut short.")
    private boolean restart;

    @Option(names = "--json", description = "Print a line of JSON for each bad block, and one for all in the end.")
    private boolean json;

    RepoVerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        Node node = session.node();
        VerifyReport report;
        try (BlockProgress progress = new BlockProgress(session.watcher(), session.usualBlocks())) {
            report = new Verification(
                            node.repo(),
                            node.blocks(),
                            node.kept(),
                            InstantSource.system(),
                            new Events(reply, progress))
                    .run(new VerifyOptions(drop, heal), restart);
        }
        tellForeign(report);
        if (json) {
            reply.value(fields(report));
        } else if (report.succeeded()) {
            reply.value(event(report.summary(), 0));
        }
        if (!report.succeeded()) {
            throw new IOException(report.summary());
        }
    }

    private void tellForeign(VerifyReport report) {
        long foreign = report.tally().get(Tally.Item.FOREIGN);
        if (foreign > 0 && !json) {
            session.note(foreign + " names beside the blocks are not those of blocks, and were passed over"
                    + (report.foreign().isEmpty() ? "" : ", such as " + String.join(", ", report.foreign())));
        }
    }

    @Override
    public Display display(Terminal terminal) {
        return new Messages(terminal);
    }

    /** Prints messages, and what else comes as it is; how far it is, is no message. */
    private final class Messages extends Results {
        Messages(Terminal terminal) {
            super(terminal);
        }

        @Override
        public void value(@Nullable Object value) {
            boolean told = value instanceof Map<?, ?> fields && "".equals(fields.get("Msg"));
            if (json) {
                terminal().out().println(Json.compact(value));
            } else if (!told && value instanceof Map<?, ?> fields) {
                terminal().out().println(fields.get("Msg"));
            }
        }
    }

    private static Map<String, Object> fields(VerifyReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("summary", report.summary());
        fields.put("succeeded", report.succeeded());
        fields.putAll(report.tally().fields());
        fields.put("foreign_names", report.foreign());
        return fields;
    }

    /** As Kubo has it: a message, or the number of blocks so far. */
    private static Map<String, Object> event(String text, long blocks) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Msg", text);
        fields.put("Progress", blocks);
        return fields;
    }

    /** Tells what happens as it happens. */
    private final class Events implements Verification.Listener {
        private final Reply reply;
        private final BlockProgress progress;

        Events(Reply reply, BlockProgress progress) {
            this.reply = reply;
            this.progress = progress;
        }

        @Override
        public void goesOn(VerifyPosition from) {
            session.note("this goes on where a run was cut short at "
                    + from.saved().truncatedTo(ChronoUnit.SECONDS) + ", behind "
                    + from.tally().get(Tally.Item.BLOCKS) + " blocks; --restart begins anew");
        }

        @Override
        public void looked(Tally sofar) throws IOException {
            long blocks = sofar.get(Tally.Item.BLOCKS);
            progress.show(blocks, sofar.get(Tally.Item.BYTES));
            if (!json) {
                reply.value(event("", blocks));
            }
        }

        @Override
        public void found(BadBlock bad) throws IOException {
            progress.clear();
            if (json) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("cid", bad.cid().toString());
                fields.put("problem", bad.kind().key());
                fields.put("error", bad.error());
                fields.put("message", bad.sentence());
                reply.value(fields);
            } else {
                reply.value(event(bad.sentence(), 0));
            }
        }

        @Override
        public void missed(Cid cid, String keeper) {
            progress.clear();
            session.warn("block " + cid + ", which was removed, is missing now: " + keeper
                    + "; add the content again, or restore it from a copy");
        }

        @Override
        public void notice(String sentence) {
            progress.clear();
            session.warn(sentence);
        }
    }
}
