package org.s3ds.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.Node;
import org.s3ds.node.gc.BrokenRootException;
import org.s3ds.node.gc.Collected;
import org.s3ds.node.gc.GarbageCollector;
import org.s3ds.node.gc.Swept;
import org.s3ds.node.pins.FilesRoot;
import org.s3ds.node.repo.GoDuration;
import org.s3ds.node.repo.Json;
import org.s3ds.node.upkeep.Usage;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code repo gc}: removes what nothing keeps. */
@Command(
        description = {
            "Removes the blocks that neither a pin nor the files (MFS) keep, and prints them. When a block that is",
            "kept is missing, or cannot be read, nothing is removed. Only a store that is this repo's alone is",
            "collected (access: exclusive). A run that was stopped is taken up by running it again."
        },
        footer = "s3ds repo gc --dry-run")
final class RepoGcCommand implements Operation.OfNode {
    private final Session session;

    @Option(names = "--stream-errors", description = "Print failures among the lines, as they come.")
    private boolean streamErrors;

    @Option(
            names = {"--quiet", "-q"},
            description = "Print the CIDs alone.")
    private boolean quiet;

    @Option(names = "--silent", description = "Print nothing.")
    private boolean silent;

    @Option(names = "--dry-run", description = "Print what would be removed, and remove nothing.")
    private boolean dryRun;

    @Option(
            names = "--min-age",
            paramLabel = "<duration>",
            description = "Remove only what was last stored so long ago, such as 24h.")
    private String minAge = "";

    @Option(names = "--keep-ipns", description = "Keep what the IPNS names of this repo stand for, too.")
    private boolean keepIpns;

    @Option(
            names = "--allow-missing-files",
            description = "Pass over blocks that are missing in the files (MFS), as Kubo does.")
    private boolean allowMissingFiles;

    @Option(names = "--json", description = "Print one object with sums at the end, in place of the lines.")
    private boolean json;

    RepoGcCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        GarbageCollector.Options options =
                new GarbageCollector.Options(dryRun, keepIpns, allowMissingFiles, parseMinAge());
        Supplier<OptionalLong> requests = session.countRequests();
        Node node = session.node();
        GarbageCollector collector = new GarbageCollector(
                node.repo().datastore(),
                node.blocks(),
                node.pins(),
                node.repo().path().resolve("s3ds").resolve("gc"),
                InstantSource.system());
        try (GcProgress progress =
                new GcProgress(session.watcher(), session.usualBlocks(), requests, System::nanoTime)) {
            GcEvents events = new GcEvents(session, reply, progress, silent || json, streamErrors);
            Collected collected = collect(collector, options, events);
            progress.clear();
            keepUsage(collected.swept(), node);
            tellSums(collected, requests.get(), reply);
            if (events.hasFailed()) {
                throw events.end("garbage collection incomplete: could not delete some blocks");
            }
        }
    }

    private Optional<Duration> parseMinAge() throws UsageException {
        if (minAge.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(GoDuration.parse(minAge)
                .filter(age -> !age.isNegative() && !age.isZero())
                .orElseThrow(() -> UsageException.withoutUsage(
                        "invalid --min-age \"%s\": a duration above 0 is expected, such as 24h or 30m"
                                .formatted(minAge))));
    }

    private Collected collect(GarbageCollector collector, GarbageCollector.Options options, GcEvents events)
            throws IOException {
        try {
            return collector.collect(options, events);
        } catch (BrokenRootException e) {
            events.tell("could not retrieve links for " + session.text(e.cid()) + ": " + e.getMessage() + advice(e));
            throw events.end("garbage collection aborted: could not retrieve some links");
        } catch (IOException e) {
            throw events.hasFailed() ? events.end(Failures.sentence(e)) : e;
        }
    }

    /** The blocks were listed to the end. */
    private void keepUsage(Swept swept, Node node) {
        long blocks = swept.listed() - (dryRun ? 0 : swept.removed());
        long bytes = swept.listedBytes() - (dryRun ? 0 : swept.bytes());
        try {
            new Usage(blocks, bytes, Instant.now()).keep(node.repo());
        } catch (IOException e) {
            session.warn("what was removed is gone, but repo stat will not know it: " + e.getMessage());
        }
    }

    private String advice(BrokenRootException e) {
        return e.keeper().equals(FilesRoot.NAME)
                        && !allowMissingFiles
                        && !e.cid().equals(e.root())
                ? ", which --allow-missing-files passes over, as Kubo does, if it is missing"
                : "";
    }

    /** Sums are told where they are asked for, and where nothing was removed; else to who watches alone. */
    private void tellSums(Collected collected, OptionalLong requests, Reply reply) throws IOException {
        if (json || (dryRun && !silent)) {
            reply.value(fields(collected, requests));
        } else if (!quiet && !silent) {
            session.watcher()
                    .filter(Terminal::watched)
                    .ifPresent(terminal -> terminal.err().println(sum("removed", collected.swept())));
        }
    }

    private static String sum(String did, Swept swept) {
        return sum(did, swept.removed(), swept.listed(), swept.bytes());
    }

    private static String sum(String did, @Nullable Object removed, @Nullable Object listed, long bytes) {
        return "%s %s of %s blocks (%s)".formatted(did, removed, listed, Amount.of(bytes));
    }

    @Override
    public Display display(Terminal terminal) {
        String before = quiet ? "" : dryRun ? "would remove " : "removed ";
        return new Results(terminal) {
            @Override
            public void value(@Nullable Object value) throws IOException {
                if (json) {
                    terminal.out().println(Json.compact(value));
                } else if (value instanceof Map<?, ?> fields) {
                    text(fields, before).ifPresent(terminal.out()::println);
                } else {
                    super.value(value);
                }
            }
        };
    }

    private Optional<String> text(Map<?, ?> fields, String before) {
        if (fields.get("Key") instanceof Map<?, ?> key) {
            return Optional.of(before + key.get("/"));
        }
        if (fields.get("Error") instanceof String failure) {
            return Optional.of("Error: " + failure);
        }
        long bytes = fields.get("WouldRemoveBytes") instanceof Long number ? number : 0;
        String sum = sum("would remove", fields.get("WouldRemove"), fields.get("Listed"), bytes);
        return quiet ? Optional.empty() : Optional.of(sum + "; nothing was removed");
    }

    private Map<String, Object> fields(Collected collected, OptionalLong requests) {
        Swept swept = collected.swept();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("DryRun", dryRun);
        fields.put("Marked", collected.marked());
        fields.put("Read", collected.read());
        fields.put("Listed", swept.listed());
        fields.put("NoBlocks", swept.foreign());
        String gone = dryRun ? "WouldRemove" : "Removed";
        fields.put(gone, swept.removed());
        fields.put(gone + "Bytes", swept.bytes());
        fields.put("NotRemoved", swept.failed());
        fields.put("InUse", swept.inUse());
        fields.put("TooYoung", swept.young());
        requests.ifPresent(count -> fields.put("Requests", count));
        fields.put("MarkMillis", collected.marking().toMillis());
        fields.put("SweepMillis", collected.sweeping().toMillis());
        return fields;
    }
}
