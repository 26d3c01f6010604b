package org.s3ds.cli;

import java.io.IOException;
import java.util.Map;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.node.repo.Json;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code index rebuild}: the index, filled anew. */
@Command(
        description = {
            "Lists the whole bucket, and fills the index with what is there: a request for every thousand blocks. The repo can",
            "be used meanwhile. Stopped, it goes on by itself when the repo is opened the next time."
        },
        footer = "s3ds index rebuild")
final class IndexRebuildCommand implements Operation.OfNode {
    private final Session session;

    @Option(names = "--json", description = "Print how much there is as JSON.")
    private boolean json;

    IndexRebuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        rebuild(IndexStatusCommand.indexOf(session), new IndexEvents(session, reply));
    }

    static void rebuild(StoreIndex index, IndexEvents events) throws IOException {
        Totals totals = index.rebuild(events);
        events.filled(totals);
    }

    @Override
    public Display display(Terminal terminal) {
        return new IndexDisplay(terminal, fields -> json ? Json.compact(fields) : text(fields));
    }

    private static String text(Map<?, ?> fields) {
        return "the index knows " + Plural.of(String.valueOf(fields.get("Blocks")), "block") + " of "
                + Plural.of(String.valueOf(fields.get("Bytes")), "byte");
    }
}
