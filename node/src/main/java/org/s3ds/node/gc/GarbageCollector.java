package org.s3ds.node.gc;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import org.s3ds.datastore.Datastore;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.Collector;
import org.s3ds.node.blocks.ListedBlock;
import org.s3ds.node.pins.Pins;

/**
 * Removes the blocks of a repo that nothing keeps, in background priority. Whoever adds and pins in this process goes
 * on meanwhile.
 *
 * <ol>
 *   <li>The right to remove blocks is asked for: from now on, what someone puts or relies on stays.
 *   <li>The roots are taken down: all pins at one moment, the root of the files, names if asked.
 *   <li>What they keep is marked. Any block of it that cannot be had or read ends the run, and nothing is removed.
 *   <li>The blocks are listed, and those that nothing keeps are removed, a thousand at a time.
 * </ol>
 *
 * <p>A run that is killed leaves garbage, and nothing else: the next one begins anew, as the roots may have changed.
 */
public final class GarbageCollector {
    /** Marks may take this part of Java's memory, then they go to files; to find them there takes memory, too. */
    private static final int SHARE_OF_MEMORY = 8;

    private final Datastore store;
    private final Blockstore blocks;
    private final Pins pins;
    private final Path folder;
    private final InstantSource time;

    /**
     * Of a repo.
     *
     * @param store its whole datastore
     * @param blocks those in it
     * @param pins those in it
     * @param folder for the marks when they are many; made when it is needed
     */
    public GarbageCollector(Datastore store, Blockstore blocks, Pins pins, Path folder, InstantSource time) {
        this.store = store;
        this.blocks = blocks.inBackground();
        this.pins = pins;
        this.folder = folder;
        this.time = time;
    }

    /**
     * What is asked for.
     *
     * @param rehearsal whether nothing is removed, and only told; needs no right to remove
     * @param names whether what the repo's IPNS names stand for is kept
     * @param missingFiles whether blocks that are missing below the root of the files are passed over, as Kubo does
     * @param minAge only blocks that were last put so long ago go; empty when their age does not count
     */
    public record Options(boolean rehearsal, boolean names, boolean missingFiles, Optional<Duration> minAge) {}

    /** Is told what happens; may end it by failing. */
    public interface Listener extends Mark.Progress {
        /** So many blocks were listed so far; on a thread of its own. */
        void listed(long blocks);

        /** A block is gone; in a rehearsal, it would go. */
        void removed(ListedBlock block) throws IOException;

        /** A block could not be removed. */
        void notRemoved(Multihash hash, IOException failure) throws IOException;

        /** Something to know of what is not kept; a sentence. */
        void notice(String notice);
    }

    /**
     * Collects.
     *
     * @throws org.s3ds.datastore.AccessException when what goes is not decided by this process; nothing was removed
     * @throws BrokenRootException when what a root keeps cannot be told; nothing was removed
     * @throws IOException when the roots cannot be had, and nothing was removed; or when it had to stop later, which
     *     the message tells
     */
    public Collected collect(Options options, Listener listener) throws IOException {
        if (options.rehearsal) {
            return collect(options, listener, hash -> false, hashes -> hashes);
        }
        try (Collector collector = blocks.collect()) {
            Collected collected = collect(options, listener, collector::isProtected, collector::remove);
            collector.sync();
            return collected;
        }
    }

    private Collected collect(Options options, Listener listener, Predicate<Multihash> inUse, Sweep.Remover remover)
            throws IOException {
        Instant begin = time.instant();
        RepoRoots roots = new RepoRoots(store, pins, options.names, options.missingFiles);
        roots.notices().forEach(listener::notice);
        try (Marks marks = new Marks(folder, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY)) {
            MarkedTally tally = new MarkedTally(listener);
            new Mark(blocks, marks, tally).run(roots);
            Instant marked = time.instant();
            SweepPlan plan =
                    new SweepPlan(marks::contains, inUse, options.minAge.map(age -> SweepPlan.before(begin, age)));
            Swept swept = new Sweep(blocks, plan, listener).run(remover);
            if (marks.size() > swept.kept()) {
                listener.notice(
                        "blocks that are kept but are not there: %d; \"s3ds pin verify\" says which pins lack them"
                                .formatted(marks.size() - swept.kept()));
            }
            return new Collected(
                    marks.size(),
                    tally.read,
                    swept,
                    Duration.between(begin, marked),
                    Duration.between(marked, time.instant()));
        }
    }

    /** Remembers how many blocks were read. */
    private static final class MarkedTally implements Mark.Progress {
        private final Mark.Progress next;
        private long read;

        MarkedTally(Mark.Progress next) {
            this.next = next;
        }

        @Override
        public void marked(long kept, long nowRead, long bytes) {
            read = nowRead;
            next.marked(kept, nowRead, bytes);
        }
    }
}
