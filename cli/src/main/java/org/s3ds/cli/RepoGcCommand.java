package org.s3ds.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.node.Node;
import org.s3ds.node.gc.BrokenRootException;
import org.s3ds.node.gc.Collected;
import org.s3ds.node.gc.GarbageCollector;
import org.s3ds.node.gc.Swept;
import org.s3ds.node.pins.FilesRoot;
import org.s3ds.node.repo.GoDuration;
import org.s3ds.node.repo.Json;
import org.s3ds.node.upkeep.Usage;
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
final class RepoGcCommand implements Action {
    private final TerminalSession session;

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

    RepoGcCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        GarbageCollector.Options options =
                new GarbageCollector.Options(dryRun, keepIpns, allowMissingFiles, parseMinAge());
        RequestTally requests = session.countRequests();
        Node node = session.node();
        GarbageCollector collector = new GarbageCollector(
                node.repo().datastore(),
                node.blocks(),
                node.pins(),
                node.repo().path().resolve("s3ds").resolve("gc"),
                InstantSource.system());
        Terminal terminal = session.terminal();
        try (GcProgress progress = new GcProgress(
                terminal.err(), terminal.watched(), expected(node), requests::requests, System::nanoTime)) {
            GcPrinter printer = new GcPrinter(session, progress, lines(), streamErrors);
            Collected collected = collect(collector, options, printer);
            progress.clear();
            keepUsage(collected.swept(), node);
            tellSums(collected, requests.requests());
            if (printer.hasFailed()) {
                throw printer.end("garbage collection incomplete: could not delete some blocks");
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

    private GcPrinter.Lines lines() {
        if (silent || json) {
            return GcPrinter.Lines.NONE;
        }
        if (quiet) {
            return GcPrinter.Lines.CIDS;
        }
        return dryRun ? GcPrinter.Lines.WOULD_REMOVE : GcPrinter.Lines.REMOVED;
    }

    private Collected collect(GarbageCollector collector, GarbageCollector.Options options, GcPrinter printer)
            throws IOException {
        try {
            return collector.collect(options, printer);
        } catch (BrokenRootException e) {
            printer.tell("could not retrieve links for " + session.text(e.cid()) + ": " + e.getMessage() + advice(e));
            throw printer.end("garbage collection aborted: could not retrieve some links");
        } catch (IOException e) {
            throw printer.hasFailed() ? printer.end(Failures.sentence(e)) : e;
        }
    }

    /**
     * How many blocks there were when they were last listed: only for what is shown, so what is damaged is no matter.
     */
    private static OptionalLong expected(Node node) throws IOException {
        return Usage.last(node.repo(), notice -> {}).stream()
                .mapToLong(Usage::blocks)
                .findFirst();
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

    private void tellSums(Collected collected, OptionalLong requests) {
        Terminal terminal = session.terminal();
        if (json) {
            terminal.out().println(Json.compact(fields(collected, requests)));
        } else if (dryRun && !quiet && !silent) {
            terminal.out().println(sum("would remove", collected.swept()) + "; nothing was removed");
        } else if (terminal.watched() && !quiet && !silent) {
            terminal.err().println(sum("removed", collected.swept()));
        }
    }

    private static String sum(String did, Swept swept) {
        return String.format(
                Locale.ROOT, "%s %d of %d blocks (%s)", did, swept.removed(), swept.listed(), Amount.of(swept.bytes()));
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
