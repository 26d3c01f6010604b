package org.s3ds.node.upkeep;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.AccessException;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.Collector;

/** Heals corrupt blocks, and removes them. */
final class Repair {
    private final Blockstore blocks;
    private final VerifyOptions options;
    private final Copies copies;
    private final Tally tally;

    /**
     * Makes sure that what is to be done may be done.
     *
     * @param given where good copies come from; empty for where the store knows some
     * @throws AccessException when blocks are to be removed, and this process may not decide that
     */
    Repair(Blockstore blocks, VerifyOptions options, Optional<Copies> given, Tally tally) throws IOException {
        this.blocks = blocks;
        this.options = options;
        this.tally = tally;
        this.copies = options.heal() && given.isEmpty() ? new Copies(blocks.copies()) : given.orElse(Copies.NONE);
        if (options.heal() && copies.isEmpty()) {
            throw new IOException(
                    "there is nothing to heal blocks from: the store has no other places with copies; name"
                            + " their buckets as readBuckets in its spec, or put the blocks' content again");
        }
        if (options.drop()) {
            blocks.collect().close();
        }
    }

    /** Does what is to be done about a corrupt block. Healed is one that was read again. */
    BadBlock mend(BadBlock bad) throws IOException {
        if (options.heal()) {
            try {
                copies.restore(bad.cid(), blocks);
                tally.add(Tally.Item.REMOVED);
                tally.add(Tally.Item.HEALED);
                return bad.healed();
            } catch (IOException e) {
                tally.add(Tally.Item.FAILED_TO_HEAL);
                BadBlock left = options.drop() ? drop(bad) : bad;
                return left.then("failed to heal (" + e.getMessage() + ")");
            }
        }
        return options.drop() ? drop(bad) : bad;
    }

    private BadBlock drop(BadBlock bad) throws IOException {
        try (Collector collector = blocks.collect()) {
            // put since it was found corrupt: then it is not what was found any more
            boolean still = Outcome.ofSized(blocks, bad.cid()) instanceof Outcome.Corrupt;
            if (!still || collector.remove(List.of(bad.cid().hash())).isEmpty()) {
                tally.add(Tally.Item.LEFT);
                return bad.then("left as it is being put again");
            }
            collector.sync();
            tally.add(Tally.Item.REMOVED);
            return bad.removed();
        } catch (AccessException e) {
            throw e;
        } catch (IOException e) {
            tally.add(Tally.Item.FAILED_TO_REMOVE);
            return bad.then("failed to remove (" + e.getMessage() + ")");
        }
    }
}
