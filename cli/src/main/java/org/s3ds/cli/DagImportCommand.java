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
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.rpc.Reply;
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
final class DagImportCommand implements Operation.OfFiles {
    private final Session session;
    private @Nullable ProgressLine line;

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

    @FromFiles
    @Parameters(paramLabel = "<path>...", arity = "0..*", description = "CAR files; - for standard input.")
    private List<String> files = List.of();

    DagImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public InputNode.Children files(TerminalSession local) throws IOException {
        InputFiles inputs = new InputFiles(local, files, "path");
        if (line != null) {
            inputs.countInto(line);
        }
        return inputs;
    }

    @Override
    public void perform(InputNode.Children inputs, Reply reply) throws IOException {
        if (localOnly && Boolean.TRUE.equals(pinRoots)) {
            throw new IOException("--local-only implies --pin-roots=false and cannot be combined with --pin-roots=true;"
                    + " please drop one of them");
        }
        boolean pins = !localOnly && !Boolean.FALSE.equals(pinRoots);
        Node node = session.node();
        DagImport.Imported imported = new DagImport(node.blocks(), node.pins(), allowBig)
                .run(
                        new InputContents(inputs)::next,
                        pins ? Optional.of((root, failure) -> reply.value(root(root, failure))) : Optional.empty());
        if (stats) {
            reply.value(Map.of("Stats", stats(imported)));
        }
    }

    private static Map<String, Object> root(Cid root, Optional<IOException> failure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Cid", CidObject.of(root));
        fields.put("PinErrorMsg", failure.map(Failures::sentence).orElse(""));
        return Map.of("Root", fields);
    }

    private static Map<String, Object> stats(DagImport.Imported imported) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("BlockCount", imported.blocks());
        fields.put("BlockBytesCount", imported.bytes());
        return fields;
    }

    @Override
    public Display display(Terminal terminal) {
        ProgressLine shown = new ProgressLine(terminal.err(), terminal.watched() && !silent, System::nanoTime);
        line = shown;
        return new ImportedCars(terminal, shown);
    }

    /** Prints what was pinned, and fails at the end if something could not be: a DAG is there whole, or it is told. */
    private final class ImportedCars extends Results {
        private final ProgressLine shown;
        private final List<String> failures = new ArrayList<>();

        ImportedCars(Terminal terminal, ProgressLine shown) {
            super(terminal);
            this.shown = shown;
        }

        @Override
        public void value(@Nullable Object value) throws IOException {
            shown.clear();
            switch (value) {
                case Map<?, ?> fields
                when fields.get("Root") instanceof Map<?, ?> root -> {
                    if (!noteFailure(root) && !silent) {
                        terminal().out().println("Pinned root\t%s\tsuccess".formatted(cid(root)));
                    }
                }
                case Map<?, ?> fields
                when fields.get("Stats") instanceof Map<?, ?> counts -> {
                    if (!silent) {
                        terminal()
                                .out()
                                .println("Imported %s blocks (%s bytes)"
                                        .formatted(counts.get("BlockCount"), counts.get("BlockBytesCount")));
                    }
                }
                case null, default -> super.value(value);
            }
        }

        private String cid(Map<?, ?> root) throws IOException {
            return session.text(CidObject.cid(root.get("Cid")));
        }

        private boolean noteFailure(Map<?, ?> root) throws IOException {
            String problem = String.valueOf(root.get("PinErrorMsg"));
            if (!problem.isEmpty()) {
                failures.add("pinning root \"%s\" FAILED: %s".formatted(cid(root), problem));
            }
            return !problem.isEmpty();
        }

        @Override
        public void printed(@Nullable Object value) throws IOException {
            if (value instanceof Map<?, ?> fields && fields.get("Root") instanceof Map<?, ?> root) {
                noteFailure(root);
            }
        }

        /** Tells each root that could not be pinned, the last one as the failure of the command. */
        @Override
        public void end() throws IOException {
            shown.clear();
            if (failures.isEmpty()) {
                return;
            }
            for (String failure : failures.subList(0, failures.size() - 1)) {
                terminal().err().println("Error: " + failure);
            }
            throw new IOException(failures.getLast());
        }

        @Override
        public void close() {
            shown.close();
        }
    }
}
