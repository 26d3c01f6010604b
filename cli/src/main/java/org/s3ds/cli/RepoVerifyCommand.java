package org.s3ds.cli;

import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.s3ds.ipld.Cid;
import org.s3ds.node.Node;
import org.s3ds.node.repo.Json;
import org.s3ds.node.upkeep.BadBlock;
import org.s3ds.node.upkeep.Tally;
import org.s3ds.node.upkeep.Verification;
import org.s3ds.node.upkeep.VerifyOptions;
import org.s3ds.node.upkeep.VerifyPosition;
import org.s3ds.node.upkeep.VerifyReport;
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
final class RepoVerifyCommand implements Action {
    private final TerminalSession session;

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

    RepoVerifyCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        Node node = session.node();
        VerifyReport report;
        try (BlockProgress progress = new BlockProgress(session.terminal(), session.usualBlocks())) {
            report = new Verification(
                            node.repo(), node.blocks(), node.kept(), InstantSource.system(), new Printer(progress))
                    .run(new VerifyOptions(drop, heal), restart);
        }
        tellForeign(report);
        if (json) {
            session.terminal().out().println(Json.compact(fields(report)));
        } else if (report.succeeded()) {
            message(report.summary());
        }
        if (!report.succeeded()) {
            throw new IOException(report.summary());
        }
    }

    private void tellForeign(VerifyReport report) {
        long foreign = report.tally().get(Tally.Item.FOREIGN);
        if (foreign > 0 && !json) {
            session.terminal()
                    .err()
                    .println("Note: " + foreign
                            + " names beside the blocks are not those of blocks, and were passed over"
                            + (report.foreign().isEmpty() ? "" : ", such as " + String.join(", ", report.foreign())));
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

    /** As Kubo has it in JSON: a message, or the number of blocks so far. */
    private void message(String text) throws IOException {
        session.print(text, progress(text, 0));
    }

    private static Map<String, Object> progress(String text, long blocks) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Msg", text);
        fields.put("Progress", blocks);
        return fields;
    }

    /** Prints what happens as it happens. */
    private final class Printer implements Verification.Listener {
        private final BlockProgress progress;

        Printer(BlockProgress progress) {
            this.progress = progress;
        }

        @Override
        public void goesOn(VerifyPosition from) {
            session.terminal()
                    .err()
                    .println("Note: this goes on where a run was cut short at "
                            + from.saved().truncatedTo(ChronoUnit.SECONDS) + ", behind "
                            + from.tally().get(Tally.Item.BLOCKS) + " blocks; --restart begins anew");
        }

        @Override
        public void looked(Tally sofar) throws IOException {
            long blocks = sofar.get(Tally.Item.BLOCKS);
            progress.show(blocks, sofar.get(Tally.Item.BYTES));
            if (session.json() && !json) {
                session.terminal().out().println(Json.compact(progress("", blocks)));
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
                session.terminal().out().println(Json.compact(fields));
            } else {
                message(bad.sentence());
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
