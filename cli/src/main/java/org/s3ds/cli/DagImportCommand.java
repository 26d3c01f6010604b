package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;
import org.s3ds.node.Node;
import org.s3ds.node.dag.DagImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dag import}: the blocks of CARs. */
@Command(
        description = {
            "Stores the blocks of CARs of version 1 or 2, each compared with its CID, and pins the roots that the CARs",
            "name once all CARs were read. Where a CAR is cut or wrong, what came before stays stored, and nothing is",
            "pinned. Without arguments it reads standard input."
        },
        footer = "s3ds dag import --stats photos.car")
final class DagImportCommand implements Action {
    private final TerminalSession session;
    private final List<String> failures = new ArrayList<>();

    @Option(names = "--pin-roots", description = "Pin the roots, each if all that is below it is there. Default: true.")
    @Nullable
    private Boolean pinRoots;

    @Option(names = "--local-only", description = "Take a part of a DAG: pin no root.")
    private boolean localOnly;

    @Option(names = "--silent", description = "Print nothing.")
    private boolean silent;

    @Option(names = "--stats", description = "Print how many blocks there were, and of how many bytes.")
    private boolean stats;

    @Option(names = "--allow-big-block", description = "Store blocks over 2 MiB, which other nodes will not fetch.")
    private boolean allowBig;

    /** Of no effect here: there is no network to announce anything to. */
    @Mixin
    FastProvideOptions fastProvide = new FastProvideOptions();

    @Parameters(paramLabel = "<path>...", arity = "0..*", description = "CAR files; - for standard input.")
    private List<String> files = List.of();

    DagImportCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        if (localOnly && Boolean.TRUE.equals(pinRoots)) {
            throw new IOException("--local-only implies --pin-roots=false and cannot be combined with --pin-roots=true;"
                    + " please drop one of them");
        }
        boolean pins = !localOnly && !Boolean.FALSE.equals(pinRoots);
        InputFiles inputs = new InputFiles(session, files, "path");
        Node node = session.node();
        DagImport.Imported imported;
        try (ProgressLine line =
                new ProgressLine(session.terminal().err(), session.terminal().watched() && !silent, System::nanoTime)) {
            imported = new DagImport(node.blocks(), node.pins(), allowBig)
                    .run(cars(inputs, line), pins ? Optional.of(this::pinned) : Optional.empty());
        }
        if (stats) {
            printStats(imported);
        }
        failIfNotAllPinned();
    }

    private static List<DagImport.Source> cars(InputFiles inputs, ProgressLine line) throws IOException {
        inputs.size().ifPresent(line::total);
        List<DagImport.Source> cars = new ArrayList<>();
        for (String file : inputs.names()) {
            cars.add(() -> new CountedInputStream(inputs.open(file), line));
        }
        return cars;
    }

    private void pinned(Cid root, Optional<IOException> failure) throws IOException {
        String problem = failure.map(Failures::sentence).orElse("");
        if (failure.isPresent()) {
            failures.add("pinning root \"%s\" FAILED: %s".formatted(session.text(root), problem));
        }
        if (silent || (failure.isPresent() && !session.json())) {
            return;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Cid", Map.of("/", root.toString()));
        fields.put("PinErrorMsg", problem);
        session.print("Pinned root\t%s\tsuccess".formatted(session.text(root)), Map.of("Root", fields));
    }

    private void printStats(DagImport.Imported imported) throws UsageException {
        if (!silent) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("BlockCount", imported.blocks());
            fields.put("BlockBytesCount", imported.bytes());
            session.print(
                    "Imported %d blocks (%d bytes)".formatted(imported.blocks(), imported.bytes()),
                    Map.of("Stats", fields));
        }
    }

    /** Tells each root that could not be pinned, the last one as the failure of the command. */
    private void failIfNotAllPinned() throws IOException {
        if (failures.isEmpty()) {
            return;
        }
        for (String failure : failures.subList(0, failures.size() - 1)) {
            session.terminal().err().println("Error: " + failure);
        }
        throw new IOException(failures.getLast());
    }
}
