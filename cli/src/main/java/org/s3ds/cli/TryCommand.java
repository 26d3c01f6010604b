package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryMetrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.node.Node;
import org.s3ds.node.repo.Identity;
import org.s3ds.node.repo.RepoPlan;
import org.s3ds.node.unixfs.AddListener;
import org.s3ds.node.unixfs.AddOptions;
import org.s3ds.node.unixfs.AddResult;
import org.s3ds.node.unixfs.Added;
import org.s3ds.node.unixfs.Adder;
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.node.unixfs.InputSize;
import org.s3ds.node.unixfs.LocalInput;
import org.s3ds.node.unixfs.LocalOptions;
import org.s3ds.node.unixfs.TreeReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code try}: stores something in a bucket of its own, shows what is in it, and reads it back. */
@Command(
        description = {
            "Makes a repo and an S3 server in a new folder here, stores a file or folder as blocks in a bucket,",
            "shows what came of it, reads everything back through S3 and compares it with what was given, byte",
            "for byte. The folder is removed at the end. Hidden files are left out, as add leaves them."
        },
        footer = {"s3ds try photos/", "s3ds try --keep tried photos/    leaves a repo to look at: IPFS_PATH=tried"})
final class TryCommand implements Action {
    private static final int SHOWN_OBJECTS = 5;

    private final TerminalSession session;
    private final Terminal terminal;
    private final MemoryMetrics metrics = new MemoryMetrics();

    @Option(names = "--keep", paramLabel = "<folder>", description = "Use this folder, new or empty, and keep it.")
    private String keep = "";

    @Parameters(paramLabel = "<path>", arity = "0..*", description = "A file or a folder.")
    private List<String> paths = List.of();

    TryCommand(TerminalSession session) {
        this.session = session;
        this.terminal = session.terminal();
    }

    @Override
    public void run() throws IOException {
        if (paths.size() != 1) {
            throw new UsageException("try wants one file or folder to store and read back, and got "
                    + (paths.isEmpty() ? "none" : String.valueOf(paths.size())));
        }
        Path given = terminal.resolve(paths.getFirst());
        long bytes = InputSize.of(List.of(input()));
        try (TryFolder folder = TryFolder.make(terminal, keep, given, bytes)) {
            Map<String, Object> spec = DefaultSpec.of(DefaultSpec.embedded());
            SecureRandom random = new SecureRandom();
            RepoPlan plan = RepoPlan.fresh(Identity.ed25519(random), spec, List.of(), random);
            Node.init(folder.path(), plan, session.types(), metrics, terminal.environment());
            try (Node node = Node.open(folder.path(), session.types(), metrics, terminal.environment())) {
                AddResult stored = store(node, bytes);
                showBucket(node);
                if (stored.refused().isEmpty()) {
                    readBack(node, stored.roots().getFirst().cid(), given, bytes);
                }
                showRequests();
                failFor(stored.refused());
            }
            folder.sayWhere();
        }
    }

    private InputNode input() throws IOException {
        return new LocalInput(terminal.directory(), LocalOptions.all()).open(paths.getFirst());
    }

    private AddResult store(Node node, long bytes) throws IOException {
        Stopwatch watch = new Stopwatch();
        long before = storedBytes();
        AddResult result;
        try (ProgressLine line = progress(bytes)) {
            Adder adder = new Adder(node.blocks(), node.pins(), AddOptions.defaults(CidFormat.V0));
            result = adder.add(List.of(input()), listener(line));
        }
        if (result.roots().isEmpty()) {
            throw new IOException(String.join("\n", result.refused()));
        }
        say("CID", session.text(result.roots().getFirst().cid()));
        say("blocks", "%,d in the bucket, %s".formatted(result.blocks(), Amount.of(storedBytes() - before)));
        say("stored", watch.rate(bytes));
        return result;
    }

    /** What was put so far, as the spec's measure counts it. */
    private long storedBytes() {
        MemoryMetrics.Distribution sizes = metrics.histograms().get("s3.datastore.put.size_bytes");
        return sizes == null ? 0 : (long) sizes.sum();
    }

    private AddListener listener(ProgressLine line) {
        return new AddListener() {
            @Override
            public void added(Added added) {}

            @Override
            public void read(String name, long more, long total) {
                line.add(more);
            }
        };
    }

    private void showBucket(Node node) throws IOException {
        Query few = Query.keys(Key.raw("/blocks")).withSizes().withSlice(0, SHOWN_OBJECTS);
        try (Results objects = node.repo().datastore().query(few)) {
            String label = "bucket";
            for (Optional<Entry> next = objects.next(); next.isPresent(); next = objects.next()) {
                Entry object = next.get();
                say(
                        label,
                        "%s  %s"
                                .formatted(
                                        object.key().base(),
                                        Amount.of(object.size().orElse(0))));
                label = "";
            }
        }
    }

    private void readBack(Node node, Cid root, Path given, long bytes) throws IOException {
        Stopwatch watch = new Stopwatch();
        try (ProgressLine line = progress(bytes);
                TreeReader reader = new TreeReader(node.blocks(), root, "")) {
            reader.copyTo(new ComparisonSink(given, line));
        }
        say("read back", watch.rate(bytes) + ", the same as what was given, byte for byte");
    }

    private ProgressLine progress(long bytes) {
        ProgressLine line = new ProgressLine(terminal.err(), terminal.watched(), System::nanoTime);
        line.total(bytes);
        return line;
    }

    private void showRequests() {
        StringBuilder requests = new StringBuilder();
        metrics.counters("s3ds.requests", "operation")
                .forEach((operation, count) ->
                        requests.append(requests.isEmpty() ? "" : ", ").append("%,d %s".formatted(count, operation)));
        say("S3 requests", requests.toString());
    }

    private void failFor(List<String> refused) throws IOException {
        if (!refused.isEmpty()) {
            refused.forEach(terminal.err()::println);
            throw new IOException("not everything could be stored, so nothing was compared: see above");
        }
    }

    private void say(String label, String text) {
        terminal.out().println("%-12s %s".formatted(label, text));
    }

    /** Elapsed time, and the rate it makes. */
    private static final class Stopwatch {
        private final long start = System.nanoTime();

        String rate(long bytes) {
            double seconds = Math.max(1, System.nanoTime() - start) / 1e9;
            return "%s in %.2f s, %s/s".formatted(Amount.of(bytes), seconds, Amount.of(bytes / seconds));
        }
    }
}
