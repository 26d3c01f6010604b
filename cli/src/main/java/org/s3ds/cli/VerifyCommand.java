package org.s3ds.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.Node;
import org.s3ds.node.repo.Json;
import org.s3ds.node.upkeep.Inspection;
import org.s3ds.node.upkeep.InspectionOptions;
import org.s3ds.node.upkeep.InspectionReport;
import org.s3ds.node.upkeep.Sample;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verify}: whether the blocks are what they should be, and all there. */
@Command(
        description = {
            "Looks at the blocks of the repo, and whether all are there that its pins and its files need. By default every",
            "block is read and compared with its hash; what else wants something of the store goes first, and a run that was cut",
            "short goes on where it was. Each block that is not as it should be is printed, with where it is:",
            "  corrupt     its bytes are others",
            "  truncated   its bytes are others, and more or fewer than the index knows; without an index, as with flatfs, that",
            "              cannot be told, and it is called corrupt",
            "  unreadable  it could not be read, while others could",
            "  unchecked   its hash is of a kind that nobody trusts",
            "  missing     a pin or the files need it, and it is not there",
            "  broken      it is there, but what it needs could not be told",
            "  differs     with --sizes: index and bucket do not agree about it",
            "Names that are no blocks are counted as foreign. The exit code is 1 when anything but such names was found and not",
            "repaired."
        },
        footer = {
            "s3ds verify",
            "s3ds verify --sample 1%",
            "s3ds verify --sizes --json",
            "s3ds verify --repair-from s3://backup/node1 --region us-east-1"
        })
final class VerifyCommand implements Operation.OfNode {
    private static final BigDecimal PER_PERCENT = BigDecimal.valueOf(Sample.WHOLE / 100);

    private final Session session;
    private @Nullable TerminalSession local;

    @Option(names = "--full", description = "Read every block. That is the default.")
    private boolean full;

    @Option(
            names = "--sizes",
            description = {
                "Read no blocks but those with links. Where there is an index, it is compared with a listing of the bucket, and",
                "so are the sizes in it. Where the server keeps SHA-256 checksums, each block is asked for its own (a HEAD",
                "each), and read only when that is not its hash; unless the spec says \"checksum\": \"sha256\", the first 32",
                "are asked for theirs, and the rest when one of them has any."
            })
    private boolean sizes;

    @Option(
            names = "--sample",
            paramLabel = "<share>",
            description = {
                "Read a share of the blocks, such as 5%% or 0.1%%: those whose hashes are in it, the same ones each time with the",
                "same --seed."
            })
    private String sample = "";

    @Option(names = "--seed", paramLabel = "<number>", description = "Which of the samples. Default: 0.")
    private long seed;

    @Option(names = "--restart", description = "Begin with the first block, even if a run before was cut short.")
    private boolean restart;

    @Option(
            names = "--repair-from",
            paramLabel = "<place>",
            description = {
                "Put good copies in the place of corrupt, truncated and missing blocks, and read them back. They come from a",
                "place as for s3ds copy: a flatfs folder, s3://bucket/root-directory, or a CAR. Not where a daemon runs."
            })
    private String repairFrom = "";

    @Option(
            names = "--json",
            description = "Print a line of JSON for each block that was found, and one for all in the end.")
    private boolean json;

    @Mixin
    private PlaceOptions options = new PlaceOptions();

    VerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public void prepare(TerminalSession terminal) throws IOException {
        local = terminal;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        Optional<Sample> read = sample();
        InspectionReport report;
        if (repairFrom.isEmpty()) {
            report = inspect(new InspectionOptions(read, restart, "", List.of()), reply);
        } else if (local == null) {
            throw UsageException.withoutUsage(
                    "a daemon has the repo, and does not repair: stop it with \"s3ds shutdown\","
                            + " then --repair-from can be used");
        } else {
            try (CopiesOfPlace copies = CopiesOfPlace.open(repairFrom, local, options)) {
                report = inspect(new InspectionOptions(read, restart, copies.name(), List.of(copies)), reply);
            }
        }
        reply.value(VerifyLines.sums(report));
        if (!report.isWhole()) {
            throw new IOException("not all is as it should be: " + VerifyLines.faults(report));
        }
    }

    private InspectionReport inspect(InspectionOptions how, Reply reply) throws IOException {
        Node node = session.node();
        try (BlockProgress progress = new BlockProgress(session.watcher(), session.usualBlocks())) {
            VerifyEvents events = new VerifyEvents(session, reply, progress);
            return new Inspection(node.repo(), node.blocks(), node.pins(), InstantSource.system(), events).run(how);
        }
    }

    /** Which blocks are to be read; empty for none. */
    private Optional<Sample> sample() throws UsageException {
        if (Stream.of(full, sizes, !sample.isEmpty()).filter(given -> given).count() > 1) {
            throw new UsageException("--full, --sizes and --sample exclude each other");
        }
        if (sample.isEmpty()) {
            return sizes ? Optional.empty() : Optional.of(Sample.ALL);
        }
        try {
            BigDecimal percent = new BigDecimal(sample.endsWith("%") ? sample.substring(0, sample.length() - 1) : "");
            return Optional.of(new Sample(percent.multiply(PER_PERCENT).intValueExact(), seed));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw UsageException.withoutUsage(
                    "invalid --sample \"%s\": a share from 0.0001%% to 100%% is expected, such as 5%%"
                            .formatted(sample));
        }
    }

    @Override
    public Display display(Terminal terminal) {
        return Display.lines(terminal, fields -> json ? Json.compact(fields) : VerifyLines.text(fields));
    }
}
