package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.ipld.Cid;
import org.s3ds.node.Node;
import org.s3ds.node.gc.RepoRoots;
import org.s3ds.node.repo.Json;
import org.s3ds.node.upkeep.RootSizes;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code du}: what pins and the files take. */
@Command(
        description = {
            "Prints for each pin, and for the files, the bytes and the number of the blocks that it keeps (total), of those that",
            "nothing else keeps (alone: what a garbage collection frees once it is unpinned), and of those that others keep as",
            "well (shared); then what all of them keep, and what nothing keeps. With arguments, for these alone; one that is not",
            "pinned is shown, too, and takes nothing from what pins have alone. Lists all blocks, without a request where the index",
            "knows them, and reads those with links, once for each pin that keeps them."
        },
        footer = {"s3ds du", "s3ds du --json | jq .", "s3ds du QmOld QmNew"})
final class DuCommand implements Operation.OfNode {
    private final Session session;

    @Option(names = "--json", description = "Print a line of JSON for each, and one for all in the end.")
    private boolean json;

    @Parameters(paramLabel = "<root>...", arity = "0..*", description = "CIDs, or paths that begin with one.")
    private List<String> paths = List.of();

    DuCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        Set<Cid> wanted = new LinkedHashSet<>();
        for (String path : paths) {
            wanted.add(session.resolve(path));
        }
        RootSizes.Report report = add(wanted);
        boolean isWhole = true;
        for (RootSizes.Kept kept : report.roots()) {
            isWhole &= kept.missing() + kept.broken() == 0;
            if (wanted.isEmpty() || wanted.contains(kept.root().cid())) {
                reply.value(fields(kept));
            }
        }
        reply.value(sum("all of these", report.kept()));
        reply.value(sum("nothing", minus(report.listed(), report.kept())));
        if (!isWhole) {
            throw new IOException(
                    "some blocks are missing or cannot be read, so that more is kept than is counted here:"
                            + " \"s3ds verify\" names them");
        }
    }

    private RootSizes.Report add(Set<Cid> wanted) throws IOException {
        Node node = session.node();
        RepoRoots roots = new RepoRoots(node.repo().datastore(), node.pins(), false, false);
        try (BlockProgress progress = new BlockProgress(session.watcher(), OptionalLong.empty());
                RootSizes sizes = new RootSizes(
                        node.blocks(),
                        Files.createTempDirectory("s3ds-du"),
                        totals -> progress.show(totals.count(), totals.bytes()))) {
            return sizes.add(roots, wanted);
        }
    }

    private Map<String, Object> fields(RootSizes.Kept kept) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Keeper", kept.root().keeper());
        fields.put("Cid", session.text(kept.root().cid()));
        put(fields, "", kept.total());
        put(fields, "Alone", kept.alone());
        put(fields, "Shared", minus(kept.total(), kept.alone()));
        fields.put("Missing", kept.missing());
        fields.put("Broken", kept.broken());
        return fields;
    }

    private static Map<String, Object> sum(String keeper, Totals totals) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Keeper", keeper);
        put(fields, "", totals);
        return fields;
    }

    private static void put(Map<String, Object> fields, String which, Totals totals) {
        fields.put(which + "Bytes", totals.bytes());
        fields.put(which + "Blocks", totals.count());
    }

    private static Totals minus(Totals all, Totals some) {
        return all.plus(-some.count(), -some.bytes());
    }

    @Override
    public Display display(Terminal terminal) {
        return Display.lines(terminal, fields -> json ? Json.compact(fields) : text(fields));
    }

    private static String text(Map<?, ?> fields) {
        String alone = fields.get("AloneBytes") == null
                ? ""
                : "; alone %s, shared %s".formatted(amount(fields, "Alone"), amount(fields, "Shared"));
        String missing = number(fields, "Missing") + number(fields, "Broken") == 0
                ? ""
                : "; %d missing, %d not to be read".formatted(number(fields, "Missing"), number(fields, "Broken"));
        String cid = "no pin".equals(fields.get("Keeper")) ? " (" + fields.get("Cid") + ")" : "";
        return fields.get("Keeper") + cid + ": " + amount(fields, "") + alone + missing;
    }

    private static String amount(Map<?, ?> fields, String which) {
        return Amount.of(number(fields, which + "Bytes")) + " in "
                + Plural.of(number(fields, which + "Blocks"), "block");
    }

    private static long number(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof Long number ? number : 0;
    }
}
