package org.s3ds.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.unixfs.PathResolver;
import org.s3ds.node.dag.DagStat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dag stat}: how many blocks DAGs have, and of how many bytes. */
@Command(
        description = {
            "Prints how many blocks each DAG has, and of how many bytes, each block counted once, and what they have",
            "together. Blocks with links are read, the others asked for."
        },
        footer = "s3ds dag stat QmOld QmNew")
final class DagStatCommand implements Action {
    private final TerminalSession session;

    @Option(
            names = {"--progress", "-p"},
            description = "Show on standard error how far it is. Default: when that is a terminal.")
    @Nullable
    private Boolean progress;

    @Parameters(paramLabel = "<root>...", arity = "0..*", description = "CIDs, or paths that begin with one.")
    private List<String> paths = List.of();

    DagStatCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        List<Cid> roots = new ArrayList<>();
        for (String path : session.orStandardInput(paths, "root")) {
            PathResolver.Target target = session.locate(path);
            if (!target.remainder().isEmpty()) {
                throw new IOException("cannot return size for anything other than a DAG with a root CID");
            }
            roots.add(target.cid());
        }
        DagStat.Summary summary;
        try (DagStatProgress line = new DagStatProgress(session.terminal(), progress)) {
            summary = new DagStat(session.node().blocks(), line).of(roots);
        }
        print(summary);
    }

    private void print(DagStat.Summary summary) throws IOException {
        float ratio = (float) summary.bytes() / summary.uniqueBytes();
        session.print(session.json() ? "" : text(summary, ratio), fields(summary, ratio));
    }

    private String text(DagStat.Summary summary, float ratio) throws IOException {
        StringBuilder text = new StringBuilder("\n");
        int width = session.text(summary.dags().getFirst().root()).length();
        text.append("CID").repeat(" ", Math.max(0, width - 3)).append("\tBlocks         \tSize\n");
        for (DagStat.Dag dag : summary.dags()) {
            text.append("%s\t%-15d\t%d\n".formatted(session.text(dag.root()), dag.blocks(), dag.bytes()));
        }
        return text.append("\nSummary\nTotal Size: ")
                .append(size(summary.uniqueBytes()))
                .append("\nUnique Blocks: ")
                .append(summary.uniqueBlocks())
                .append("\nShared Size: ")
                .append(size(summary.sharedBytes()))
                .append(String.format(Locale.ROOT, "\nRatio: %f\n\n", ratio))
                .toString();
    }

    private static String size(long bytes) {
        return "%d (%s)".formatted(bytes, HumanSize.of(bytes));
    }

    private Map<String, Object> fields(DagStat.Summary summary, float ratio) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        putUnlessZero(fields, "UniqueBlocks", summary.uniqueBlocks());
        putUnlessZero(fields, "TotalSize", summary.uniqueBytes());
        putUnlessZero(fields, "SharedSize", summary.sharedBytes());
        if (Float.isFinite(ratio)) {
            fields.put("Ratio", ratio == (long) ratio ? (Object) (long) ratio : new BigDecimal(Float.toString(ratio)));
        }
        List<Map<String, Object>> dags = new ArrayList<>();
        for (DagStat.Dag dag : summary.dags()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("Cid", session.text(dag.root()));
            putUnlessZero(one, "Size", dag.bytes());
            putUnlessZero(one, "NumBlocks", dag.blocks());
            dags.add(one);
        }
        fields.put("DagStats", dags);
        return fields;
    }

    private static void putUnlessZero(Map<String, Object> fields, String name, long value) {
        if (value != 0) {
            fields.put(name, value);
        }
    }
}
