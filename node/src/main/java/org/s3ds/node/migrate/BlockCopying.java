package org.s3ds.node.migrate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.node.transfer.Known;
import org.s3ds.node.transfer.Transfer;
import org.s3ds.node.transfer.TransferListener;
import org.s3ds.node.transfer.TransferOptions;
import org.s3ds.node.transfer.TransferProgress;
import org.s3ds.node.transfer.TransferReport;

/**
 * Copies blocks to the target of a migration until nothing is left to copy: again and again while the repo may be in
 * use, then once more when it is not. Belongs to one thread.
 */
final class BlockCopying implements Copying {
    /** A pass that copied fewer leaves little for the last one. */
    private static final long FEW = 100;

    private static final int MOST_PASSES = 5;
    private static final int TOGETHER = 1000;

    private final MigrationFolder folder;
    private final MigrationOptions options;
    private final MigrationListener listener;
    private final Datastore from;
    private final Datastore to;
    private final Known there;
    private final Names had;

    /**
     * Between two open stores, which stay open.
     *
     * @param from is only read
     */
    BlockCopying(
            MigrationFolder folder, MigrationOptions options, MigrationListener listener, Datastore from, Datastore to)
            throws IOException {
        this.folder = folder;
        this.options = options;
        this.listener = listener;
        this.from = from;
        this.to = to;
        this.there = Known.open(folder.names("target"));
        this.had = Names.open(folder.names("source"));
    }

    /** Copies all there is. The repo may be in use meanwhile. */
    @Override
    public void copyAhead() throws IOException {
        listener.phase("listing the target");
        there.fill(to, listener::total);
        look();
        long before = Long.MAX_VALUE;
        for (int pass = 1; pass <= MOST_PASSES; pass++) {
            listener.phase(pass == 1 ? "copying" : "copying what came meanwhile");
            TransferReport report = pass();
            folder.journal().append(Step.COPIED, fields(report));
            if (pass == 1 && report.present().count() > 0) {
                listener.notice(
                        "%d blocks were at the target already, of the right size, and were not read: \"s3ds verify\" reads all"
                                .formatted(report.present().count()));
            }
            long copied = report.copied().count();
            if (copied <= FEW || copied > before / 2) {
                return;
            }
            before = copied;
        }
    }

    /** Lists the source, and looks whether the target has blocks that it never had. */
    private void look() throws IOException {
        listener.phase("listing the source");
        TransferReport count = transfer(TransferOptions.DEFAULT.toCount(), watching());
        had.write();
        listener.total(count.listed());
        long others = 0;
        Key first = Key.ROOT;
        try (Known.Cursor all = there.all()) {
            while (all.next()) {
                if (!had.contains(all.key())) {
                    first = others++ == 0 ? all.key() : first;
                }
            }
        }
        if (others > 0 && !options.keepOthers()) {
            throw new MigrationException(
                    ("the target has %d blocks that the repo does not have, such as %s: choose another"
                                    + " place, remove what an earlier migration left there with \"s3ds migrate clean\", or give"
                                    + " --keep-others to leave them there, where the repo will have them")
                            .formatted(others, to.whereIs(first)));
        }
        folder.journal().append(Step.FOUND, Map.of("blocks", there.totals().count(), "others", others));
    }

    private TransferReport pass() throws IOException {
        TransferReport report = transfer(TransferOptions.DEFAULT, watching());
        had.write();
        requireWhole(report);
        return report;
    }

    private Watching watching() {
        return new Watching(Optional.empty());
    }

    /** Copies what is left, and deletes what is gone; nobody else has the repo. On return the target is durable. */
    @Override
    public Map<String, Object> copyLast() throws IOException {
        listener.phase("copying what came meanwhile, with the repo locked");
        if (!options.deletes()) {
            return copyLast(watching());
        }
        try (Seen seen = Seen.open(folder.names("now"))) {
            return copyLast(new Watching(Optional.of(seen)));
        }
    }

    private Map<String, Object> copyLast(Watching watching) throws IOException {
        long before = had.count();
        TransferReport report = transfer(TransferOptions.DEFAULT, watching);
        had.write();
        if (report.gone() > 0) {
            throw new MigrationException("somebody deletes blocks of the source although this process has the repo: "
                    + report.gone() + " of them were gone when they were to be read; find out who does");
        }
        requireWhole(report);
        boolean anyGone = watching.all.isPresent() && watching.old < before;
        long deleted = anyGone ? removeGone(watching.all.get()) : 0;
        to.sync(Key.ROOT);
        Map<String, Object> fields = fields(report);
        fields.put("deleted", deleted);
        return fields;
    }

    private void requireWhole(TransferReport report) throws IOException {
        long corrupt = report.corrupt().count();
        if (corrupt == 0) {
            return;
        }
        if (options.skipCorrupt()) {
            listener.notice(corrupt + (corrupt == 1 ? " block" : " blocks")
                    + " that cannot be had, named above, were left out");
            return;
        }
        throw new MigrationException(
                ("%s could not be copied, and all others were, so the repo keeps its store: %s%s; mend"
                                + " what can be (\"s3ds verify --repair-from\"), then \"s3ds migrate resume\", or leave them out with"
                                + " \"s3ds migrate resume --skip-corrupt\"")
                        .formatted(
                                corrupt == 1 ? "1 block" : corrupt + " blocks",
                                report.corrupt().first().getFirst(),
                                corrupt == 1 ? "" : ", and " + (corrupt - 1) + " more"));
    }

    /** Deletes from the target what the source once had, and has no more, unless others may rest on it. */
    private long removeGone(Seen seen) throws IOException {
        try {
            to.requireDeletes(Key.ROOT);
        } catch (AccessException e) {
            listener.notice("blocks that were deleted from the source meanwhile stay at the target: " + e.getMessage());
            return 0;
        }
        long deleted = 0;
        List<Key> gone = new ArrayList<>();
        try (Seen.Lacking lacking = seen.lackingOf(had)) {
            while (lacking.next()) {
                gone.add(lacking.key());
                if (gone.size() == TOGETHER) {
                    deleted += remove(gone);
                }
            }
        }
        return deleted + remove(gone);
    }

    /** Forgets them when they are gone, not before: whoever is killed in between deletes them once more. */
    private long remove(List<Key> gone) throws IOException {
        Batch batch = to.batch();
        long deleted = 0;
        for (Key key : gone) {
            if (there.size(key).isPresent()) {
                batch.delete(key);
                there.remove(key);
                deleted++;
            }
        }
        batch.commit();
        had.removeAll(gone);
        gone.clear();
        return deleted;
    }

    private TransferReport transfer(TransferOptions how, TransferListener watching) throws IOException {
        return new Transfer(from, to, there, how, watching).run();
    }

    private static Map<String, Object> fields(TransferReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("blocks", report.listed().count());
        fields.put("bytes", report.listed().bytes());
        fields.put("copied", report.copied().count());
        fields.put("bytes copied", report.copied().bytes());
        fields.put("there before", report.present().count());
        fields.put("gone", report.gone());
        fields.put("corrupt", report.corrupt().count());
        fields.put("foreign names", report.foreign().count());
        return fields;
    }

    @Override
    public void close() throws IOException {
        try (there;
                had) {
            // both
        }
    }

    /** Writes down what the source has. */
    private final class Watching implements TransferListener {
        /** All that it has, for the pass behind which nothing comes. */
        private final Optional<Seen> all;

        /** Names that it had before. */
        private long old;

        Watching(Optional<Seen> all) {
            this.all = all;
        }

        @Override
        public void progress(TransferProgress so) throws IOException {
            listener.progress(so);
        }

        @Override
        public void seen(Key key, long size) throws IOException {
            old += had.add(key) ? 0 : 1;
            if (all.isPresent()) {
                all.get().add(key);
            }
        }

        /** What is in the target and not among the names is another's: so the name comes first, whoever is killed. */
        @Override
        public void sending(Key key) throws IOException {
            had.write();
        }

        @Override
        public void bad(String sentence) {
            listener.bad(sentence);
        }
    }
}
