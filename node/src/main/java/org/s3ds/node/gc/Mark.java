package org.s3ds.node.gc;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.DagWalk;
import org.s3ds.node.blocks.Place;

/**
 * Finds all that roots keep, many blocks read at once. Blocks whose codec has no links are not read. Whatever cannot be
 * had or read ends it: what is below that block is not known, and may not be taken for garbage.
 */
public final class Mark {
    private final Blockstore blocks;
    private final Marks marks;
    private final Progress progress;
    private long read;
    private long bytes;

    /**
     * Of the blocks of a store.
     *
     * @param blocks those of the store's background view, since nobody waits for a mark
     * @param marks where it is written down what is kept
     */
    public Mark(Blockstore blocks, Marks marks, Progress progress) {
        this.blocks = blocks;
        this.marks = marks;
        this.progress = progress;
    }

    /** Is told how far a mark is, after each block that is read. */
    @FunctionalInterface
    public interface Progress {
        /**
         * So far.
         *
         * @param kept blocks found to be kept
         * @param read blocks read for their links
         * @param bytes of those, and of some that are fetched ahead
         */
        void marked(long kept, long read, long bytes);
    }

    /**
     * Marks what the roots keep.
     *
     * @throws BrokenRootException when a block that is kept is missing or damaged, or its links cannot be read
     * @throws IOException when the roots cannot be had, or the marks not be kept
     */
    public void run(Roots roots) throws IOException {
        Deque<Place> lenient = new ArrayDeque<>();
        walk(() -> nextWhole(roots, lenient), false);
        // after the others, since what is passed over here would be seen already there
        walk(() -> Optional.ofNullable(lenient.poll()), true);
        marks.seal();
    }

    private Optional<Place> nextWhole(Roots roots, Deque<Place> lenient) throws IOException {
        for (Optional<Root> next = roots.next(); next.isPresent(); next = roots.next()) {
            Root root = next.get();
            Place place = Place.root(root.cid(), root.keeper());
            switch (root.extent()) {
                case BLOCK -> marks.keep(root.cid().hash());
                case DAG -> {
                    return Optional.of(place);
                }
                case DAG_AS_FAR_AS_THERE -> lenient.add(place);
            }
        }
        return Optional.empty();
    }

    private void walk(DagWalk.Roots roots, boolean lenient) throws IOException {
        try (DagWalk walk = new DagWalk(blocks, roots, DagWalk.Leaves.SEEN, marks)) {
            for (Optional<DagWalk.Visit> visit = walk.next(); visit.isPresent(); visit = walk.next()) {
                if (!(lenient && isMissingBelow(visit.get()))) {
                    check(visit.get());
                }
                progress.marked(marks.size(), ++read, bytes + walk.bytes());
            }
            bytes += walk.bytes();
        }
    }

    private static boolean isMissingBelow(DagWalk.Visit visit) {
        return !visit.place().isRoot()
                && visit.failure()
                        .filter(MissingBlockException.class::isInstance)
                        .isPresent();
    }

    private static void check(DagWalk.Visit visit) throws BrokenRootException {
        try {
            visit.check();
        } catch (IOException e) {
            throw new BrokenRootException(visit.place(), e);
        }
    }
}
