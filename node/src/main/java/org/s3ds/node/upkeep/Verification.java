package org.s3ds.node.upkeep;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.BlockKeys;
import org.s3ds.node.blocks.BlockQuery;
import org.s3ds.node.blocks.BlockQueue;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.Window;
import org.s3ds.node.pins.KeptBlocks;
import org.s3ds.node.repo.Repo;
import org.s3ds.node.upkeep.Tally.Item;

/**
 * Reads every block of a node and compares it with its hash, or compares the checksums that the store keeps
 * ({@link Look}), in the order of their names, while whoever else wants something of the store goes first.
 *
 * <ul>
 *   <li>Corrupt is a block whose bytes were read, twice, and are others. That a block could not be read says nothing of
 *       it: when no other can be read either, the run ends; else it is told, and nothing is done about it.
 *   <li>How far it has come is kept in the repo every few seconds: a run that did not come to its end goes on from
 *       there, if it is to do the same and the repo has the same store.
 *   <li>Blocks are removed by the rules of a {@link org.s3ds.node.blocks.Collector}: not while somebody puts them.
 * </ul>
 */
public final class Verification {
    /** The position is kept when so many blocks were looked at since, or when that was so long ago. */
    private static final int KEPT_EVERY = 1_000;

    private static final Duration KEPT_AFTER = Duration.ofSeconds(3);

    /** Is told what happens, by one thread. */
    public interface Listener {
        /** A run that did not come to its end goes on. */
        void goesOn(VerifyPosition from);

        /** A block was looked at. */
        void looked(Tally sofar) throws IOException;

        /** A block is not as it should be. */
        void found(BadBlock bad) throws IOException;

        /** A block that was removed is missing somewhere: {@code pinned via QmX}, as {@link KeptBlocks} says it. */
        void missed(Cid cid, String keeper) throws IOException;

        /** A sentence that the user should know. */
        void notice(String sentence);
    }

    private final Repo repo;
    private final Blockstore blocks;
    private final Blockstore known;
    private final Optional<Copies> copies;
    private final KeptBlocks kept;
    private final InstantSource now;
    private final Listener listener;

    /** Of a node's blocks; good copies come from where the store knows some. */
    public Verification(Repo repo, Blockstore blocks, KeptBlocks kept, InstantSource now, Listener listener) {
        this(repo, blocks, Optional.empty(), kept, now, listener);
    }

    /** @param copies where good copies come from; empty for where the store knows some */
    Verification(
            Repo repo,
            Blockstore blocks,
            Optional<Copies> copies,
            KeptBlocks kept,
            InstantSource now,
            Listener listener) {
        this.repo = repo;
        this.known = blocks.inBackground();
        this.blocks = known.unaided();
        this.copies = copies;
        this.kept = kept;
        this.now = now;
        this.listener = listener;
    }

    /**
     * Looks at all blocks, but not again at those that a run before this one has looked at.
     *
     * @param restart whether to begin with the first block in any case
     * @return what was found
     * @throws org.s3ds.datastore.AccessException when blocks are to be removed, and this process may not decide that
     * @throws IOException when it could not come to its end; the next run goes on from there
     */
    public VerifyReport run(VerifyOptions options, boolean restart) throws IOException {
        VerifyPosition start = begin(options, restart);
        Repair repair = new Repair(blocks, options, copies, start.tally());
        Look look = new Look(blocks, options, start.tally());
        BlockQuery query = BlockQuery.ALL.withSizes().from(start.last().map(Cid::hash));
        try (BlockKeys keys = blocks.multihashes(query);
                BlockQueue<Long, Outcome> queue =
                        new BlockQueue<>(look, Outcome::held, Window.DEFAULT, () -> look.next(keys))) {
            Run run = new Run(start, repair, look, queue);
            run.lookAtAll();
            start.tally().add(Item.FOREIGN, keys.skipped());
            tellMissed(run.removed);
            run.end();
            return new VerifyReport(options, start.tally(), keys.skippedNames());
        }
    }

    /** How many bytes a block has as an index knows it; empty when none does. */
    private OptionalLong knownSize(Cid cid) throws IOException {
        return known.index().isPresent() ? known.size(cid) : OptionalLong.empty();
    }

    private VerifyPosition begin(VerifyOptions options, boolean restart) {
        Optional<VerifyPosition> before =
                restart ? Optional.empty() : VerifyPosition.kept(repo, options.checksums(), listener::notice);
        boolean isElsewhere = before.isPresent() && !before.get().place().equals(repo.place());
        if (before.isPresent() && !isElsewhere && before.get().options().equals(options)) {
            listener.goesOn(before.get());
            return before.get();
        }
        if (isElsewhere) {
            listener.notice("the run before this one was cut short, and the repo has its blocks elsewhere since;"
                    + " this one begins with the first block");
        } else if (before.isPresent()) {
            listener.notice("the run before this one was cut short, and was to do something else about corrupt blocks;"
                    + " this one begins with the first block");
        }
        return new VerifyPosition(
                repo.place(), options, now.instant(), now.instant(), Optional.empty(), new Tally(), List.of());
    }

    /** Says of what was removed, and is not there again, what needs it. */
    private void tellMissed(Set<Cid> removed) throws IOException {
        Set<Multihash> gone = new HashSet<>();
        for (Cid cid : removed) {
            if (!blocks.has(cid)) {
                gone.add(cid.hash());
            }
        }
        Map<Multihash, String> keepers = gone.isEmpty() ? Map.of() : kept.asFarAsKnown(gone);
        for (Cid cid : removed) {
            String keeper = keepers.get(cid.hash());
            if (keeper != null) {
                listener.missed(cid, keeper);
            }
        }
    }

    /** The way through the blocks. */
    private final class Run {
        private final VerifyPosition start;
        private final Tally tally;
        private final Repair repair;
        private final Look look;
        private final BlockQueue<Long, Outcome> queue;
        private final Set<Cid> removed;
        private Optional<Cid> last;
        private Optional<Cid> lastFine = Optional.empty();
        private Instant keptAt = now.instant();
        private long keptBlocks;

        Run(VerifyPosition start, Repair repair, Look look, BlockQueue<Long, Outcome> queue) {
            this.start = start;
            this.tally = start.tally();
            this.repair = repair;
            this.look = look;
            this.queue = queue;
            this.removed = new LinkedHashSet<>(start.removed());
            this.last = start.last();
            this.keptBlocks = tally.get(Item.BLOCKS);
        }

        void lookAtAll() throws IOException {
            try {
                for (Optional<BlockQueue.Turn<Long, Outcome>> turn = queue.next();
                        turn.isPresent();
                        turn = queue.next()) {
                    lookAt(turn.get());
                    keepSometimes();
                }
            } catch (IOException e) {
                keepAfter(e);
                throw e;
            }
        }

        private void lookAt(BlockQueue.Turn<Long, Outcome> turn) throws IOException {
            Outcome outcome = Outcome.of(turn::answer);
            if (outcome instanceof Outcome.Failed failed) {
                requireOthers(turn, failed);
                outcome = Outcome.of(() -> look.ask(turn.cid()));
            }
            switch (outcome) {
                case Outcome.Good _, Outcome.Gone _ -> {}
                case Outcome.Proved _ -> tally.add(Item.PROVED);
                case Outcome.Unproved _ -> tally.add(Item.UNPROVED);
                case Outcome.Corrupt corrupt -> mend(corrupt.of(turn.cid(), knownSize(turn.cid())));
                case Outcome.Unchecked unchecked -> tell(Item.UNCHECKED, unchecked.of(turn.cid()));
                case Outcome.Failed failed -> tell(Item.UNREADABLE, failed.of(turn.cid()));
            }
            lastFine = outcome.isFine() ? Optional.of(turn.cid()) : lastFine;
            if (!(outcome instanceof Outcome.Gone)) {
                tally.add(Item.BLOCKS);
                tally.add(Item.BYTES, turn.known());
            }
            last = Optional.of(turn.cid());
            listener.looked(tally);
        }

        /** Makes sure that it is this block alone that cannot be read. */
        private void requireOthers(BlockQueue.Turn<Long, Outcome> turn, Outcome.Failed failed) throws IOException {
            boolean others = lastFine.isPresent()
                    ? Outcome.of(() -> look.ask(lastFine.get())).isFine()
                    : queue.anyComesAhead();
            if (!others) {
                throw new IOException(
                        "block " + turn.cid() + " could not be read, nor could others, which says nothing of them ("
                                + failed.reason().getMessage() + "); run the command again: it goes on from here",
                        failed.reason());
            }
        }

        private void tell(Item item, BadBlock bad) throws IOException {
            tally.add(item);
            listener.found(bad);
        }

        /** What may be removed is kept as such before: whoever goes on after a kill can still say what needs it. */
        private void mend(BadBlock bad) throws IOException {
            if (start.options().drop()) {
                removed.add(bad.cid());
                keep();
            }
            BadBlock mended = repair.mend(bad);
            if (mended.fate() != BadBlock.Fate.GONE) {
                removed.remove(bad.cid());
            }
            if (bad.kind() == BadBlock.Kind.TRUNCATED) {
                tally.add(Item.TRUNCATED);
            }
            tell(Item.CORRUPT, mended);
        }

        private void keepSometimes() throws IOException {
            boolean manySince = tally.get(Item.BLOCKS) - keptBlocks >= KEPT_EVERY;
            if (manySince || !now.instant().isBefore(keptAt.plus(KEPT_AFTER))) {
                keep();
            }
        }

        private void keep() throws IOException {
            keptAt = now.instant();
            keptBlocks = tally.get(Item.BLOCKS);
            List<Cid> gone = List.copyOf(removed);
            new VerifyPosition(start.place(), start.options(), start.begun(), keptAt, last, tally, gone).keep(repo);
        }

        private void keepAfter(IOException cause) {
            try {
                keep();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }

        /** Nothing is left to go on with; a run that saw all blocks as they are has listed them, too. */
        void end() throws IOException {
            VerifyOptions options = start.options();
            boolean sawAll = start.last().isEmpty() && options.sample().isAll() && !options.checksums();
            if (sawAll && removed.isEmpty()) {
                new Usage(tally.get(Item.BLOCKS), tally.get(Item.BYTES), now.instant()).keep(repo);
            }
            VerifyPosition.forget(repo, options.checksums());
        }
    }
}
