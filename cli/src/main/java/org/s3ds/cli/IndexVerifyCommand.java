package org.s3ds.cli;

import java.io.IOException;
import java.util.Map;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.node.repo.Json;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code index verify}: whether the index is right. */
@Command(
        description = {
            "Lists the whole bucket, a request for every thousand blocks, and prints each difference from the index: a block",
            "that the index has and the bucket has not (vanished), one that the index does not know (unknown), one of",
            "another size (resized). Changes nothing. What a block holds is not looked at: repo verify does that."
        },
        footer = {"s3ds index verify", "s3ds index verify --json"})
final class IndexVerifyCommand implements Operation.OfNode {
    private final Session session;

    @Option(names = "--json", description = "Print a line of JSON for each difference, and one for all in the end.")
    private boolean json;

    IndexVerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        verify(IndexStatusCommand.indexOf(session), new IndexEvents(session, reply));
    }

    static void verify(StoreIndex index, IndexEvents events) throws IOException {
        events.compared(index.verify(events, events));
        if (!events.drifts().isEmpty()) {
            throw new IOException("the index is wrong about " + Plural.of(events.driftCount(), "block") + ": "
                    + events.drifts()
                    + "; to fill it anew, run: s3ds index rebuild" + advice(events));
        }
    }

    private static String advice(IndexEvents events) {
        return events.hasVanished() ? "; to see whether anything that is pinned is missing, run: s3ds pin verify" : "";
    }

    @Override
    public Display display(Terminal terminal) {
        return new IndexDisplay(terminal, fields -> json ? Json.compact(fields) : text(fields));
    }

    private static String text(Map<?, ?> fields) {
        Object name = fields.get("Cid") == null ? fields.get("Key") : fields.get("Cid");
        return switch (String.valueOf(fields.get("Drift"))) {
            case "vanished" -> name + " is in the index, with " + count(fields, "Indexed") + ", but not in the bucket";
            case "unknown" -> name + " is in the bucket, with " + count(fields, "Stored") + ", but not in the index";
            case "resized" ->
                name + " has " + count(fields, "Stored") + " in the bucket, and " + fields.get("Indexed")
                        + " in the index";
            default ->
                "compared with " + count(fields, "Blocks") + " in the bucket, of " + count(fields, "Bytes") + ": "
                        + count(fields, "Drifts") + unsaid(fields);
        };
    }

    private static String unsaid(Map<?, ?> fields) {
        Object unsaid = fields.get("Unsaid");
        return "0".equals(String.valueOf(unsaid)) ? "" : "; of " + unsaid + " it does not know whether they are there";
    }

    private static String count(Map<?, ?> fields, String name) {
        String one = switch (name) {
            case "Blocks" -> "block";
            case "Drifts" -> "difference";
            default -> "byte";
        };
        return Plural.of(String.valueOf(fields.get(name)), one);
    }
}
