package org.s3ds.node.upkeep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.datastore.TableChanges;
import org.s3ds.index.ScratchTable;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.BlockKeys;
import org.s3ds.node.blocks.BlockQuery;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.DagWalk;
import org.s3ds.node.blocks.ListedBlock;
import org.s3ds.node.blocks.Place;
import org.s3ds.node.gc.Marks;
import org.s3ds.node.gc.Root;
import org.s3ds.node.gc.Roots;

/**
 * How many blocks each root keeps, and of how many bytes: all of them, and those that nothing else keeps.
 *
 * <p>All blocks are listed, without a request where the index knows them. Then one root after the other is walked: its
 * blocks with links are read, those that are known to have none are not; what two roots share is read for each, unless
 * it is in memory. Names, sizes and owners are in files, in a folder that goes at the end, some 60 bytes for each
 * block. Memory: what {@link Marks} take for one root, a sixteenth of Java's at most, and some 300 bytes for each root.
 */
public final class RootSizes implements AutoCloseable {
    private static final int SHARE_OF_MEMORY = 16;
    private static final int ENTRY = Long.BYTES + Integer.BYTES;
    private static final int NOBODY = -1;
    private static final int SEVERAL = -2;

    private final Blockstore blocks;
    private final Path scratch;
    private final ScratchTable scratchTable;
    private final KeyTable table;
    private final StoreIndex.Progress progress;
    private final List<Sum> sums = new ArrayList<>();
    private Totals listed = new Totals(0, 0);
    private Totals kept = new Totals(0, 0);

    /**
     * What a root keeps.
     *
     * @param total all of it
     * @param alone what no other root keeps
     * @param missing blocks that are not there, so that they are not counted, nor what is below them
     * @param broken blocks that are there, but could not be read for what is below them
     */
    public record Kept(Root root, Totals total, Totals alone, long missing, long broken) {}

    /**
     * What all roots keep.
     *
     * @param roots in the sequence in which they were given
     * @param kept all that any of them keeps, each block once
     * @param listed all blocks that there are
     */
    public record Report(List<Kept> roots, Totals kept, Totals listed) {
        /** Copies the list. */
        public Report {
            roots = List.copyOf(roots);
        }
    }

    /**
     * Nothing yet.
     *
     * @param scratch a folder for this alone, which is removed before and after
     * @param progress is told how many blocks are listed, and how many then are known to be kept
     */
    public RootSizes(Blockstore blocks, Path scratch, StoreIndex.Progress progress) throws IOException {
        this.blocks = blocks.inBackground();
        this.scratch = scratch;
        this.progress = progress;
        this.scratchTable = ScratchTable.open(scratch, "sizes");
        this.table = scratchTable.table();
    }

    /**
     * Adds up.
     *
     * @param roots what keeps blocks
     * @param others blocks that are told of beside those, unless they are roots themselves; they keep nothing: they
     *     take nothing from the others' own, and are not in the sum of all
     */
    public Report add(Roots roots, Set<Cid> others) throws IOException {
        list();
        Set<Cid> left = new LinkedHashSet<>(others);
        for (Optional<Root> root = roots.next(); root.isPresent(); root = roots.next()) {
            left.remove(root.get().cid());
            walk(new Sum(root.get(), sums.size(), true));
        }
        for (Cid other : left) {
            walk(new Sum(new Root("no pin", other, Root.Extent.DAG), sums.size(), false));
        }
        return new Report(sums.stream().map(Sum::kept).toList(), kept, listed);
    }

    private void list() throws IOException {
        try (BlockKeys keys = blocks.multihashes(BlockQuery.ALL.withSizes())) {
            for (Optional<ListedBlock> block = keys.next(); block.isPresent(); block = keys.next()) {
                long size = block.get().size().orElse(0);
                write(block.get().hash(), size, NOBODY);
                listed = listed.plus(1, size);
                progress.listed(listed);
            }
        }
    }

    private void walk(Sum sum) throws IOException {
        sums.add(sum);
        try (Marks met = new Marks(scratch.resolve("met"), Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY)) {
            if (sum.root.extent() == Root.Extent.BLOCK) {
                count(sum.root.cid(), met, sum);
                return;
            }
            List<Place> places = new ArrayList<>(List.of(Place.root(sum.root.cid(), sum.root.keeper())));
            DagWalk.Roots one = () -> places.isEmpty() ? Optional.empty() : Optional.of(places.removeLast());
            try (DagWalk walk = new DagWalk(blocks, one, DagWalk.Leaves.SEEN, cid -> count(cid, met, sum))) {
                for (Optional<DagWalk.Visit> visit = walk.next(); visit.isPresent(); visit = walk.next()) {
                    visit.get().failure().ifPresent(sum::failed);
                    progress.listed(kept);
                }
            }
        }
    }

    /** Returns whether its links are to be followed. */
    private boolean count(Cid cid, Marks met, Sum sum) throws IOException {
        if (met.keep(cid.hash())) {
            byte[] entry = table.get(Blockstore.nameOf(cid.hash()));
            if (entry == null) {
                sum.missing++;
            } else {
                ByteBuffer fields = ByteBuffer.wrap(entry);
                count(cid.hash(), fields.getLong(), fields.getInt(), sum);
            }
        }
        return met.add(cid);
    }

    private void count(Multihash hash, long size, int owner, Sum sum) throws IOException {
        sum.total = sum.total.plus(1, size);
        if (owner == NOBODY) {
            sum.alone = sum.alone.plus(1, size);
            kept = sum.isKeeper ? kept.plus(1, size) : kept;
            write(hash, size, sum.index);
        } else if (owner != SEVERAL && (sum.isKeeper || !sums.get(owner).isKeeper)) {
            Sum before = sums.get(owner);
            before.alone = before.alone.plus(-1, -size);
            write(hash, size, SEVERAL);
        }
    }

    private void write(Multihash hash, long size, int owner) throws IOException {
        byte[] entry = ByteBuffer.allocate(ENTRY).putLong(size).putInt(owner).array();
        table.write(new TableChanges().put(Blockstore.nameOf(hash), entry));
    }

    @Override
    public void close() throws IOException {
        scratchTable.close();
    }

    /** What is known of a root so far. */
    private static final class Sum {
        private final Root root;
        private final int index;
        private final boolean isKeeper;
        private Totals total = new Totals(0, 0);
        private Totals alone = new Totals(0, 0);
        private long missing;
        private long broken;

        Sum(Root root, int index, boolean isKeeper) {
            this.root = root;
            this.index = index;
            this.isKeeper = isKeeper;
        }

        /** What is missing was counted when it was met. */
        void failed(IOException failure) {
            broken += failure instanceof MissingBlockException ? 0 : 1;
        }

        Kept kept() {
            return new Kept(root, total, alone, missing, broken);
        }
    }
}
