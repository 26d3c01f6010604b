package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.ipld.Cid;
import org.s3ds.node.repo.Json;
import org.s3ds.node.repo.Repo;
import org.s3ds.node.transfer.CarTarget;
import org.s3ds.node.transfer.Known;
import org.s3ds.node.transfer.Source;
import org.s3ds.node.transfer.Target;
import org.s3ds.node.transfer.Transfer;
import org.s3ds.node.transfer.TransferListener;
import org.s3ds.node.transfer.TransferOptions;
import org.s3ds.node.transfer.TransferReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code copy}: blocks from one place to another, without a repo. */
@Command(
        description = {
            "Copies to the last place each block that it lacks of the others, and changes nothing else. A place is a flatfs",
            "folder (as Kubo's ~/.ipfs/blocks, which may be in use), s3://bucket/root-directory, a CAR (file.car), the word",
            "repo for the blocks of this repo, or a file.json with the spec of any store. Every block is compared with its hash",
            "on the way; one that is damaged is named and left out, the others are copied, and the exit code is 1. Stopped, it",
            "is run again, and copies what is left."
        },
        footer = {
            "s3ds copy ~/.ipfs/blocks s3://my-bucket/node1 --region us-east-1",
            "s3ds copy s3://old/node1 s3://new/node1 --region us-east-1 --from-endpoint http://10.0.0.1:9000",
            "s3ds copy --dry-run s3://my-bucket backup.car --region us-east-1"
        })
final class CopyCommand implements Action {
    private final TerminalSession session;

    @Option(names = "--dry-run", description = "Copy nothing; say how much there is to copy.")
    private boolean dryRun;

    @Option(
            names = "--skip-corrupt",
            description =
                    "Exit with 0 also when damaged blocks were left out: they are then in the source alone, as damaged"
                            + " as they are.")
    private boolean skipCorrupt;

    @Option(names = "--json", description = "Print what was done as JSON.")
    private boolean json;

    @Mixin
    private PlaceOptions options = new PlaceOptions();

    @Parameters(paramLabel = "<place>", arity = "2..*", description = "Where from, one or more; then where to.")
    private List<String> places = List.of();

    CopyCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        List<BlockPlace> all = new ArrayList<>();
        for (String text : places) {
            all.add(BlockPlace.parse(text, session.terminal().directory()));
        }
        BlockPlace to = all.removeLast();
        if (all.contains(to)) {
            throw new UsageException("%s is copied from and to: name two places".formatted(to));
        }
        long begin = System.nanoTime();
        TransferReport report = dryRun ? rehearse(all, to) : copyAlone(all, to);
        CopyReport shown = new CopyReport(report, dryRun, Duration.ofNanos(System.nanoTime() - begin));
        session.terminal().out().println(json || session.json() ? Json.compact(shown.fields()) : shown.text());
        if (!skipCorrupt) {
            report.requireWhole();
        }
    }

    /** Who has the repo that a folder belongs to writes there, too. */
    private TransferReport copyAlone(List<BlockPlace> from, BlockPlace to) throws IOException {
        Optional<Path> repo = to instanceof BlockPlace.Folder(Path folder)
                ? Optional.ofNullable(folder.getParent()).filter(Repo::isInitialized)
                : Optional.empty();
        return repo.isPresent()
                ? Repo.alone(repo.get(), session.terminal().environment(), () -> copy(from, to))
                : copy(from, to);
    }

    private TransferReport copy(List<BlockPlace> from, BlockPlace to) throws IOException {
        Places open = new Places(session, options);
        List<String> names =
                from.stream().map(place -> open.inFull(place, true)).toList();
        try (CopyJournal journal =
                        CopyJournal.begin(session.terminal(), names, open.inFull(to, false), InstantSource.system());
                Known there = Known.open(journal.scratch());
                Places.Opened opened = open.toRead(from, true)) {
            journal.before().ifPresent(this::tell);
            TransferReport report = to instanceof BlockPlace.Car(Path file)
                    ? toCar(opened, file, Places.roots(from), there, journal)
                    : toStore(opened, to, there, journal);
            if (isDone(report)) {
                journal.end();
            }
            return report;
        }
    }

    private void tell(CopyJournal.Before before) {
        session.note("this copy was begun at %s, and by %s had copied %d blocks; what is left is copied now"
                .formatted(before.begun(), before.saved(), before.copied()));
    }

    private boolean isDone(TransferReport report) {
        return skipCorrupt || report.corrupt().count() == 0;
    }

    /** A CAR in which blocks are missing looks like any other: there is none unless that was asked for. */
    private TransferReport toCar(Places.Opened from, Path file, List<Cid> roots, Known there, CopyJournal journal)
            throws IOException {
        if (Files.exists(file)) {
            throw new IOException(file + " is there already: remove it, or name another file");
        }
        try (CarTarget car = new CarTarget(file, roots)) {
            TransferReport report = each(from, car, there, TransferOptions.DEFAULT, Optional.of(journal));
            if (!isDone(report)) {
                throw new IOException(
                        "%s was not written, as blocks would be missing from it: %s; --skip-corrupt writes it without them"
                                .formatted(file, report.corrupt().first().getFirst()));
            }
            car.finish();
            return report;
        }
    }

    private TransferReport toStore(Places.Opened from, BlockPlace to, Known there, CopyJournal journal)
            throws IOException {
        Places open = new Places(session, options);
        open.requireUnclaimed(to);
        try (Datastore store = open.toWrite(to)) {
            fill(there, Source.of(store.inBackground()));
            return each(from, Target.of(store.inBackground()), there, TransferOptions.DEFAULT, Optional.of(journal));
        }
    }

    /** What would be copied; nothing is made for that, at either place. */
    private TransferReport rehearse(List<BlockPlace> from, BlockPlace to) throws IOException {
        Places open = new Places(session, options);
        boolean isNew =
                to instanceof BlockPlace.Car || (to instanceof BlockPlace.Folder(Path folder) && Places.isNew(folder));
        if (!isNew) {
            open.requireUnclaimed(to);
        }
        try (Known there = Known.open(Files.createTempDirectory("s3ds-copy"));
                Places.Opened opened = open.toRead(from, true);
                Places.Opened target = open.toRead(isNew ? List.of() : List.of(to), false)) {
            for (Source source : target.sources()) {
                fill(there, source);
            }
            Target nowhere = Target.of(new MemoryDatastore());
            return each(opened, nowhere, there, TransferOptions.DEFAULT.toCount(), Optional.empty());
        }
    }

    private void fill(Known there, Source target) throws IOException {
        try (BlockProgress progress = new BlockProgress(Optional.of(session.terminal()), OptionalLong.empty())) {
            there.fill(target, so -> progress.show(so.count(), so.bytes()));
        }
    }

    private TransferReport each(
            Places.Opened from, Target target, Known there, TransferOptions how, Optional<CopyJournal> journal)
            throws IOException {
        TransferReport report = TransferReport.NONE;
        for (Source source : from.sources()) {
            try (CopyProgress progress = new CopyProgress(session, journal)) {
                if (session.terminal().watched() && source.isListed() && !how.dryRun()) {
                    progress.total(toBeCopied(source, target, there));
                }
                report = report.plus(one(new Transfer(source, target, there, how, progress), progress));
            }
        }
        return report;
    }

    private static long toBeCopied(Source source, Target target, Known there) throws IOException {
        TransferOptions how = TransferOptions.DEFAULT.toCount();
        return new Transfer(source, target, there, how, TransferListener.NONE)
                .run()
                .copied()
                .bytes();
    }

    private static TransferReport one(Transfer transfer, CopyProgress progress) throws IOException {
        try {
            return transfer.run();
        } catch (IOException e) {
            progress.stopped();
            throw e;
        }
    }
}
