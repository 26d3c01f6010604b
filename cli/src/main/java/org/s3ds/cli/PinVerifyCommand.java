package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.s3ds.ipld.Cid;
import org.s3ds.node.pins.PinCheck;
import org.s3ds.node.repo.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pin verify}: whether what is pinned is there. */
@Command(
        description = {
            "Looks for every block of every recursive pin, and prints the pins that lack some. Blocks with links",
            "are read and hashed, the others asked for."
        },
        footer = "s3ds pin verify --verbose")
final class PinVerifyCommand implements Action {
    private final Session session;

    @Option(names = "--verbose", description = "Print pins that are whole, too.")
    private boolean verbose;

    @Option(
            names = {"--quiet", "-q"},
            description = "Print only the CIDs of pins that lack something.")
    private boolean quiet;

    PinVerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        if (verbose && quiet) {
            throw new IOException("the --verbose and --quiet options can not be used at the same time");
        }
        new PinCheck(session.node().blocks(), session.node().pins()).run(this::print);
    }

    private void print(Cid root, List<PinCheck.BadNode> bad) throws IOException {
        if (bad.isEmpty() && !verbose) {
            return;
        }
        String cid = session.text(root);
        session.terminal().out().println(session.json() ? Json.compact(fields(cid, bad)) : text(cid, bad));
    }

    private String text(String cid, List<PinCheck.BadNode> bad) throws IOException {
        if (quiet) {
            return cid;
        }
        StringBuilder text = new StringBuilder(cid).append(bad.isEmpty() ? " ok" : " broken");
        for (PinCheck.BadNode node : bad) {
            text.append("\n  ").append(session.text(node.cid())).append(": ").append(node.reason());
        }
        return text.toString();
    }

    private Map<String, Object> fields(String cid, List<PinCheck.BadNode> bad) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Cid", cid);
        if (bad.isEmpty()) {
            fields.put("Ok", true);
        } else if (!quiet) {
            List<Map<String, Object>> nodes = new ArrayList<>();
            for (PinCheck.BadNode node : bad) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("Cid", session.text(node.cid()));
                one.put("Err", node.reason());
                nodes.add(one);
            }
            fields.put("BadNodes", nodes);
        }
        return fields;
    }
}
