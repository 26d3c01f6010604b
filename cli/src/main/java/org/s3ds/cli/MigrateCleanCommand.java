package org.s3ds.cli;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.ipld.Cid;
import org.s3ds.node.Node;
import org.s3ds.node.migrate.Cleaning;
import org.s3ds.node.migrate.MigrationException;
import org.s3ds.node.migrate.MigrationStatus;
import org.s3ds.node.migrate.Surroundings;
import org.s3ds.node.upkeep.BadBlock;
import org.s3ds.node.upkeep.DifferingBlock;
import org.s3ds.node.upkeep.Inspection;
import org.s3ds.node.upkeep.InspectionOptions;
import org.s3ds.node.upkeep.InspectionReport;
import org.s3ds.node.upkeep.MissingBlock;
import org.s3ds.node.upkeep.Sample;
import org.s3ds.node.upkeep.Tally;
import org.s3ds.node.upkeep.VerifyPosition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code migrate clean}: removes what migrations have left behind. */
@Command(
        description = {
            "Removes the blocks at places that the repo has left by a migration, and gives the places up. First it reads every",
            "block that the repo has now, compares it with its hash, and looks whether all is there that pins and files need;",
            "where anything is not as it should be, nothing is removed. Then it asks. A bucket must be this repo's by a claim,",
            "and a folder must lie in the repo; what is no block stays."
        },
        footer = {"s3ds migrate clean", "s3ds migrate clean --yes --json"})
final class MigrateCleanCommand implements Action {
    private final TerminalSession session;

    @Option(
            names = {"--yes", "-y"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print what was removed as JSON.")
    private boolean json;

    MigrateCleanCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        Surroundings around = MigrateCommand.around(session);
        List<String> texts = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        try (MigrationProgress progress = new MigrationProgress(session)) {
            List<Cleaning> due = due(around, progress);
            if (!due.isEmpty()) {
                progress.phase("reading every block of the repo");
                prove(due);
            }
            for (Cleaning each : due) {
                progress.done();
                try {
                    Cleaning.Cleaned cleaned = clean(each);
                    texts.add(text(cleaned));
                    all.add(fields(cleaned));
                } catch (MigrationException e) { // what one migration may not remove keeps no other from it
                    refusals.add(e.getMessage());
                }
            }
        }
        String text = texts.isEmpty() ? nothing(around) : String.join("\n", texts);
        if (refusals.isEmpty() || !texts.isEmpty()) {
            MigrationReport.show(session, json, text, Map.of("Cleaned", all));
        }
        if (!refusals.isEmpty()) {
            throw new IOException(String.join("; ", refusals));
        }
    }

    private static List<Cleaning> due(Surroundings around, MigrationProgress progress) throws IOException {
        List<Cleaning> due = new ArrayList<>();
        for (MigrationStatus status : Cleaning.due(around)) {
            Cleaning cleaning = new Cleaning(around, status, progress);
            if (!cleaning.isInUse()) {
                due.add(cleaning);
            }
        }
        return due;
    }

    private Cleaning.Cleaned clean(Cleaning cleaning) throws IOException {
        long alone = cleaning.elsewhereAlone();
        if (!yes) {
            String lost = alone == 0
                    ? ""
                    : " %d of them are not in the repo any more: collected since, or damaged then.".formatted(alone);
            Question.ask(
                    session.terminal(),
                    "All blocks of the repo are whole where they are now. Those at " + cleaning.place()
                            + " are removed for good." + lost);
        }
        return cleaning.run();
    }

    /** Makes sure that the repo needs nothing of what is to be removed. */
    private void prove(List<Cleaning> due) throws IOException {
        Node node = session.node();
        InspectionOptions everything = new InspectionOptions(Optional.of(Sample.ALL), true, "", List.of());
        Warnings warnings = new Warnings();
        InspectionReport report = new Inspection(
                        node.repo(), node.blocks(), node.pins(), InstantSource.system(), warnings)
                .run(everything);
        boolean isProved = report.provesAll() || (report.provesWhatIsThere() && !isAnyAt(due, warnings.missing));
        if (!isProved) {
            throw new IOException("nothing was removed, as the repo is not whole where it is now: "
                    + VerifyLines.faults(report) + "; \"s3ds verify --repair-from\" takes good copies from the place"
                    + " that was left");
        }
    }

    /** What was never there, such as files that Kubo has yet to fetch, is not lost by what is removed. */
    private static boolean isAnyAt(List<Cleaning> due, Set<Cid> missing) throws IOException {
        for (Cleaning each : due) {
            if (each.hasAny(missing)) {
                return true;
            }
        }
        return false;
    }

    private static String text(Cleaning.Cleaned cleaned) {
        return "removed %d values at %s%s%s"
                .formatted(
                        cleaned.values(),
                        cleaned.place(),
                        cleaned.released() ? ", and gave it up" : "",
                        cleaned.left().isEmpty()
                                ? ""
                                : "; other files stay there, such as "
                                        + cleaned.left().getFirst());
    }

    private static String nothing(Surroundings around) throws IOException {
        List<MigrationStatus> all = MigrationStatus.allOf(around);
        return all.isEmpty() || !all.getLast().state().isUnderWay()
                ? "no migration has left anything behind"
                : "nothing to remove yet: a migration is under way, from %s to %s; \"s3ds migrate resume\" goes on with it"
                        .formatted(all.getLast().from(), all.getLast().to());
    }

    private static Map<String, @Nullable Object> fields(Cleaning.Cleaned cleaned) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("Place", cleaned.place());
        fields.put("Removed", cleaned.values());
        fields.put("Released", cleaned.released());
        fields.put("Left", cleaned.left());
        return fields;
    }

    /** Tells what is not as it should be. */
    private final class Warnings implements Inspection.Listener {
        private final Set<Cid> missing = new HashSet<>();

        @Override
        public void missing(MissingBlock block) {
            missing.add(block.cid());
            session.warn(block.sentence());
        }

        @Override
        public void broken(String keeper, Cid cid, IOException failure) {
            session.warn("block %s, which %s needs: %s".formatted(cid, keeper, failure.getMessage()));
        }

        @Override
        public void needed(long blocks) {}

        @Override
        public void listed(Totals so) {}

        @Override
        public void differs(DifferingBlock block) {}

        @Override
        public void goesOn(VerifyPosition from) {}

        @Override
        public void looked(Tally sofar) {}

        @Override
        public void found(BadBlock bad) {
            session.warn("block %s: %s".formatted(bad.cid(), bad.error()));
        }

        @Override
        public void missed(Cid cid, String keeper) {}

        @Override
        public void notice(String sentence) {
            session.note(sentence);
        }
    }
}
