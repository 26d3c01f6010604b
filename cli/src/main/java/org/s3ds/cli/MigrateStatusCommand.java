package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.migrate.MigrationStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code migrate status}: the migrations of a repo. */
@Command(
        description = {
            "Shows the migrations of the repo, step by step, from their journals (s3ds/migrate/<number>/journal in the repo).",
            "Asks no bucket, and takes no lock: also while one is at work."
        },
        footer = {"s3ds migrate status", "s3ds migrate status --json"})
final class MigrateStatusCommand implements Action {
    private final TerminalSession session;

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    MigrateStatusCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        List<String> texts = new ArrayList<>();
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (MigrationStatus each : MigrationStatus.allOf(MigrateCommand.around(session))) {
            texts.add(MigrationReport.text(each));
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("Number", (long) each.number());
            fields.put("Mount", each.mountpoint().toString());
            fields.put("From", each.from());
            fields.put("To", each.to());
            fields.put("State", each.state().words());
            fields.put(
                    "Steps", each.steps().stream().map(MigrationReport::camel).toList());
            all.add(fields);
        }
        String text = texts.isEmpty() ? "this repo has no migration" : String.join("\n\n", texts);
        MigrationReport.show(session, json, text, Map.of("Migrations", all));
    }
}
