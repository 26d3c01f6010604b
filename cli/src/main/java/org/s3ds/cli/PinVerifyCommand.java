package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.s3ds.node.pins.PinCheck;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pin verify}: whether what is pinned is there. */
@Command(
        description = {
            "Looks for every block of every recursive pin, and prints the pins that lack some. Blocks with links",
            "are read and hashed, the others asked for."
        },
        footer = "s3ds pin verify --verbose")
final class PinVerifyCommand implements Operation.OfNode {
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
    public void perform(Reply reply) throws IOException {
        if (verbose && quiet) {
            throw new IOException("the --verbose and --quiet options can not be used at the same time");
        }
        new PinCheck(session.node().blocks(), session.node().pins()).run((root, bad) -> {
            if (!bad.isEmpty() || verbose) {
                reply.value(fields(session.text(root), bad));
            }
        });
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

    @Override
    public Display display(Terminal terminal) {
        return Display.lines(terminal, this::text);
    }

    private String text(Map<?, ?> fields) {
        String cid = String.valueOf(fields.get("Cid"));
        if (quiet) {
            return cid;
        }
        StringBuilder text = new StringBuilder(cid).append(fields.containsKey("Ok") ? " ok" : " broken");
        if (fields.get("BadNodes") instanceof List<?> nodes) {
            for (Object each : nodes) {
                if (each instanceof Map<?, ?> node) {
                    text.append("\n  ").append(node.get("Cid")).append(": ").append(node.get("Err"));
                }
            }
        }
        return text.toString();
    }
}
