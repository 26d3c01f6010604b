package org.s3ds.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.datastore.StoreIndex.State;
import org.s3ds.datastore.StoreIndex.Status;
import org.s3ds.node.repo.Json;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code index status}: how the index is. */
@Command(
        description = {
            "Shows how far the index may be believed, how many blocks it knows, how many of them are doubtful, because",
            "something that was done with them was cut short, and what it takes on the disk. Asks the bucket for no more than",
            "the claim of this repo."
        },
        footer = {"s3ds index status", "s3ds index status --json"})
final class IndexStatusCommand implements Operation.OfNode {
    private final Session session;

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    IndexStatusCommand(Session session) {
        this.session = session;
    }

    /**
     * The index of the blocks.
     *
     * @throws IOException when there is none
     */
    static StoreIndex indexOf(Session session) throws IOException {
        return session.node()
                .blocks()
                .index()
                .orElseThrow(() -> new IOException("the blocks of this repo have no index: one is kept of a bucket"
                        + " (type s3ds) unless its spec says \"index\": false, and not in a repo that is only read"));
    }

    @Override
    public void perform(Reply reply) throws IOException {
        reply.only(fields(indexOf(session).status()));
    }

    static Map<String, @Nullable Object> fields(Status status) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("Place", status.place());
        fields.put("State", word(status.state()));
        fields.put("Meaning", meaning(status.state()));
        fields.put("Blocks", status.known().count());
        fields.put("Bytes", status.known().bytes());
        fields.put("Doubtful", status.doubtful());
        status.loadedTo().ifPresent(key -> fields.put("LoadedTo", key.base()));
        status.disk().ifPresent(bytes -> fields.put("Disk", bytes));
        return fields;
    }

    /** What a state is called. */
    static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String meaning(State state) {
        return switch (state) {
            case COMPLETE -> "it knows every block, and the bucket is not asked whether one is there";
            case LOADING ->
                "it is filled from a listing while it is used; what it does not know yet is asked of the bucket";
            case PARTIAL ->
                "others may write to the bucket, so what it knows of a block is believed for some time only";
            case UNCLAIMED -> "the bucket is asked until this repo has claimed it, which its next write does";
        };
    }

    @Override
    public Display display(Terminal terminal) {
        return Display.lines(terminal, fields -> json ? Json.pretty(fields) : text(fields));
    }

    private static String text(Map<?, ?> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) -> {
            if (!name.equals("Meaning")) {
                text.append("%-10s%s\n".formatted(name + ":", shown(fields, name, value)));
            }
        });
        return text.toString().strip();
    }

    private static String shown(Map<?, ?> fields, Object name, @Nullable Object value) {
        return name.equals("State") ? value + ": " + fields.get("Meaning") : String.valueOf(value);
    }
}
