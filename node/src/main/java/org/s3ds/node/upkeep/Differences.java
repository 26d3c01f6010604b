package org.s3ds.node.upkeep;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.Blockstore;

/**
 * What comes of differences between an index and what is stored. Names that are no blocks' are passed over. Where there
 * are copies, a block that is there is read, and replaced if it is damaged.
 */
final class Differences implements StoreIndex.Drifts {
    private final Blockstore stored;
    private final Copies copies;
    private final Inspection.Listener listener;
    private final LongAdder count = new LongAdder();
    private final LongAdder repaired = new LongAdder();

    Differences(Blockstore blocks, Copies copies, Inspection.Listener listener) {
        this.stored = blocks.unaided();
        this.copies = copies;
        this.listener = listener;
    }

    /** How many there are. */
    long count() {
        return count.sum();
    }

    /** Of how many of them a good copy is in place now. */
    long repaired() {
        return repaired.sum();
    }

    @Override
    public void found(StoreIndex.Drift drift) throws DatastoreException {
        Optional<Multihash> hash = Blockstore.hashOf(drift.key());
        if (hash.isEmpty()) {
            return;
        }
        count.increment();
        DifferingBlock block = mended(Cid.v1(Multicodec.RAW, hash.get()), drift.indexed(), drift.stored());
        repaired.add(block.repaired() ? 1 : 0);
        try {
            listener.differs(block);
        } catch (IOException e) {
            throw new DatastoreException("a difference could not be told: " + e.getMessage(), e);
        }
    }

    private DifferingBlock mended(Cid cid, OptionalLong indexed, OptionalLong there) {
        if (copies.isEmpty() || there.isEmpty() || !isCorrupt(cid, there.getAsLong())) {
            return new DifferingBlock(cid, indexed, there, "", false);
        }
        try {
            copies.restore(cid, stored);
            return new DifferingBlock(cid, indexed, there, "", true);
        } catch (IOException e) {
            return new DifferingBlock(cid, indexed, there, String.valueOf(e.getMessage()), false);
        }
    }

    private boolean isCorrupt(Cid cid, long size) {
        return Outcome.of(() -> new Outcome.Good(stored.get(cid, size).size())) instanceof Outcome.Corrupt;
    }
}
