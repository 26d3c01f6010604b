package org.s3ds.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.unixfs.PathResolver;
import org.s3ds.node.dag.DagStat;
import org.s3ds.rpc.Reply;
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
final class DagStatCommand implements Operation.OfNode {
    private final Session session;

    /** Whoever asks a daemon and does not say gets a value for each block, as of Kubo. */
    @Option(
            names = {"--progress", "-p"},
            description = "Show on standard error how far it is. Default: when that is a terminal.")
    @Nullable
    private Boolean progress;

    @OrInput
    @Parameters(paramLabel = "<root>...", arity = "0..*", description = "CIDs, or paths that begin with one.")
    private List<String> paths = List.of();

    DagStatCommand(Session session) {
        this.session = session;
    }

    @Override
    public void prepare(TerminalSession local) throws IOException {
        progress = !local.json() && (progress == null ? local.terminal().watched() : progress);
    }

    @Override
    public void perform(Reply reply) throws IOException {
        List<Cid> roots = new ArrayList<>();
        for (String path : paths) {
            PathResolver.Target target = session.locate(path);
            if (!target.remainder().isEmpty()) {
                throw new IOException("cannot return size for anything other than a DAG with a root CID");
            }
            roots.add(target.cid());
        }
        DagStat.Progress told =
                Boolean.FALSE.equals(progress) ? soFar -> {} : soFar -> reply.value(fields(soFar, false));
        reply.value(fields(new DagStat(session.node().blocks(), told).of(roots), true));
    }

    /** What is counted at the end is left out before that, as zeros are. */
    private Map<String, Object> fields(DagStat.Summary summary, boolean whole) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        putUnlessZero(fields, "UniqueBlocks", whole ? summary.uniqueBlocks() : 0);
        putUnlessZero(fields, "TotalSize", summary.uniqueBytes());
        putUnlessZero(fields, "SharedSize", whole ? summary.sharedBytes() : 0);
        float ratio = (float) summary.bytes() / summary.uniqueBytes();
        if (whole && Float.isFinite(ratio)) {
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

    @Override
    public Display display(Terminal terminal) {
        return new DagStatDisplay(terminal, Boolean.TRUE.equals(progress));
    }
}
