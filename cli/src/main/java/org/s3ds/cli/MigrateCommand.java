package org.s3ds.cli;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Key;
import org.s3ds.node.migrate.Migration;
import org.s3ds.node.migrate.MigrationOptions;
import org.s3ds.node.migrate.MigrationPlan;
import org.s3ds.node.migrate.Moved;
import org.s3ds.node.migrate.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code migrate}: the blocks of a repo, from one store to another. */
@Command(
        description = {
            "Moves the blocks of the repo to another store. First it says what there is to do, and asks. Then it copies",
            "everything, while Kubo or s3ds goes on with the repo; each block is compared with its hash on the way. At the",
            "end it needs the repo alone for a moment: stop the node when it says so, and give \"s3ds migrate resume\". It",
            "copies what came meanwhile, and gives the repo the other store, in config and datastore_spec. Stopped or killed",
            "at any moment, it goes on with \"s3ds migrate resume\". The old blocks stay until \"s3ds migrate clean\"; until",
            "then \"s3ds migrate revert\" leads back. Another part of the repo than its blocks moves with --mount, while the",
            "repo is not in use."
        },
        footer = {
            "s3ds migrate --to s3://my-bucket/node1 --region us-east-1",
            "s3ds migrate --to flatfs",
            "s3ds migrate --to levelds --mount /"
        })
final class MigrateCommand implements Action {
    private final TerminalSession session;

    @Option(names = "--to", paramLabel = "<store>", description = "Where to: " + MigrationTarget.KINDS + ".")
    private String to = "";

    @Option(
            names = "--mount",
            paramLabel = "<mountpoint>",
            description = "What moves: the store that Datastore.Spec has there. Default: /blocks.")
    private String mount = "/blocks";

    @Option(
            names = "--access",
            paramLabel = "<word>",
            description =
                    "Who else may write to a bucket: exclusive (nobody), shared (anybody). Default: exclusive, unless"
                            + " there is something that no repo has claimed.")
    private String access = "";

    @Option(
            names = "--keep-others",
            description =
                    "Also where the target has blocks that the repo does not have: they stay there, and become the"
                            + " repo's.")
    private boolean keepOthers;

    @Option(
            names = "--skip-corrupt",
            description =
                    "Leave out blocks that are damaged or cannot be read, and go on: what they are part of cannot be"
                            + " read afterwards, as it cannot now.")
    private boolean skipCorrupt;

    @Option(names = "--dry-run", description = "Say what there is to do, and do nothing.")
    private boolean dryRun;

    @Option(
            names = {"--yes", "-y"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print what was done as JSON, or with --dry-run what there is to do.")
    private boolean json;

    @Mixin
    private BucketOptions bucket = new BucketOptions();

    /** @param dryRun whether it only says what there is to do, whatever the options are */
    MigrateCommand(TerminalSession session, boolean dryRun) {
        this.session = session;
        this.dryRun = dryRun;
    }

    @Override
    public void run() throws IOException {
        if (to.isEmpty()) {
            throw new UsageException("--to is missing: it says where to, " + MigrationTarget.KINDS);
        }
        Key mountpoint = Key.of(mount);
        Map<String, @Nullable Object> target = MigrationTarget.spec(to, bucket, session.terminal());
        if (!access.isEmpty()) {
            target.put("access", access);
        }
        Surroundings around = around(session);
        try (MigrationProgress progress = new MigrationProgress(session)) {
            if (dryRun) {
                MigrationPlan plan = Migration.plan(around, mountpoint, target, progress);
                progress.done();
                MigrationReport.show(session, json, MigrationReport.text(plan), MigrationReport.fields(plan));
            } else {
                migrate(around, mountpoint, target, progress);
            }
        }
    }

    private void migrate(
            Surroundings around, Key mountpoint, Map<String, @Nullable Object> target, MigrationProgress progress)
            throws IOException {
        try (Migration migration = Migration.of(around, progress)) {
            migration.requireNoneUnderWay();
            MigrationPlan plan = Migration.plan(around, mountpoint, target, progress);
            progress.done();
            (json || session.json()
                            ? session.terminal().err()
                            : session.terminal().out())
                    .println(MigrationReport.text(plan));
            require(plan);
            if (!yes) {
                Question.ask(session.terminal(), "The repo is given another store at the end.");
            }
            Moved moved = migration.start(mountpoint, target, new MigrationOptions(keepOthers, skipCorrupt, true));
            MigrationReport.show(session, json, MigrationReport.text(moved), MigrationReport.fields(moved));
        }
    }

    /** Before anything is asked. */
    private void require(MigrationPlan plan) throws IOException {
        if (!plan.hasRoom()) {
            throw new IOException("there is no room: %s are to be copied, and %s are free at %s"
                    .formatted(
                            Amount.of(plan.toCopy().bytes()),
                            Amount.of(plan.freeBytes().orElse(0)),
                            plan.to()));
        }
        if (plan.others().count() > 0 && !plan.isOfBlocks()) {
            throw new IOException("%s is not empty: it has %d values; choose another place"
                    .formatted(plan.to(), plan.others().count()));
        }
        if (plan.others().count() > 0 && !keepOthers) {
            throw new IOException(
                    ("%s has %d blocks that the repo does not have: choose another place, or give --keep-others to leave"
                                    + " them there, where the repo will have them; what an earlier migration left is removed"
                                    + " by \"s3ds migrate clean\"")
                            .formatted(plan.to(), plan.others().count()));
        }
    }

    static Surroundings around(TerminalSession session) throws IOException {
        return new Surroundings(
                session.repo(),
                session.types(),
                session.metrics(),
                session.terminal().environment(),
                InstantSource.system());
    }

    /** {@code migrate resume} and {@code migrate revert}. */
    @Command(
            description = {
                "Goes on with the migration that was begun last, in whichever direction it goes, or leads back from it. Before the",
                "repo has the other store, to revert is to give the migration up: what was copied stays, and \"s3ds migrate",
                "clean\" removes it. After that, what was written since is copied back, and the repo gets the store that it had",
                "before; what was deleted since is there again."
            },
            footer = {"s3ds migrate resume", "s3ds migrate revert"})
    static final class Continue implements Action {
        private final TerminalSession session;
        private final boolean back;

        @Option(
                names = "--skip-corrupt",
                description = "Leave out blocks that are damaged or cannot be read, and go on.")
        private boolean skipCorrupt;

        @Option(
                names = "--give-up",
                description =
                        "With revert, when the way back was begun: give it up, and keep the store that the repo has.")
        private boolean giveUp;

        @Option(
                names = "--access-key",
                paramLabel = "<key>",
                description = "Another key for the bucket that is copied to; the config has it at the end.")
        private String accessKey = "";

        @Option(names = "--secret-key-file", paramLabel = "<file>", description = "The file with its secret key.")
        private String secretKeyFile = "";

        @Option(names = "--json", description = "Print what was done as JSON.")
        private boolean json;

        Continue(TerminalSession session, boolean back) {
            this.session = session;
            this.back = back;
        }

        @Override
        public void run() throws IOException {
            if (giveUp && !back) {
                throw new UsageException("--give-up is for the way back: s3ds migrate revert --give-up");
            }
            Map<String, Object> credentials =
                    BucketOptions.of("", "", accessKey, secretKeyFile).credentials(new Secrets(session.terminal()));
            try (MigrationProgress progress = new MigrationProgress(session);
                    Migration migration = Migration.of(around(session), progress)) {
                Moved moved = go(migration, credentials);
                progress.done();
                MigrationReport.show(session, json, MigrationReport.text(moved), MigrationReport.fields(moved));
            }
        }

        private Moved go(Migration migration, Map<String, Object> credentials) throws IOException {
            if (giveUp) {
                return migration.stay();
            }
            return back ? migration.revert(credentials, skipCorrupt) : migration.resume(credentials, skipCorrupt);
        }
    }
}
