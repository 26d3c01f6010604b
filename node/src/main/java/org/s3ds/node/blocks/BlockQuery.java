package org.s3ds.node.blocks;

import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.Order;
import org.s3ds.datastore.Query;
import org.s3ds.ipld.Multihash;

/**
 * Which blocks to list, and what of them.
 *
 * @param sizes whether sizes are wanted
 * @param times whether the times of the last puts are wanted, of stores that know them
 * @param inOrder whether in the order of their names, so that the listing can be taken up again; else in any sequence,
 *     which may be much faster
 * @param after only blocks behind this one in that order; it need not be there
 */
public record BlockQuery(boolean sizes, boolean times, boolean inOrder, Optional<Multihash> after) {
    /** The multihashes of all blocks, in any sequence. */
    public static final BlockQuery ALL = new BlockQuery(false, false, false, Optional.empty());

    /** The same, with sizes. */
    public BlockQuery withSizes() {
        return new BlockQuery(true, times, inOrder, after);
    }

    /** The same, with the times of the last puts. */
    public BlockQuery withTimes() {
        return new BlockQuery(sizes, true, inOrder, after);
    }

    /** The same in the order of names, and only what comes behind a block; from the first one when it is empty. */
    public BlockQuery from(Optional<Multihash> position) {
        return new BlockQuery(sizes, times, true, position);
    }

    Query toQuery() {
        Query query = Query.keys(BlockKey.PREFIX);
        query = sizes ? query.withSizes() : query;
        query = times ? query.withTimes() : query;
        query = inOrder ? query.withOrders(List.of(Order.KEY)) : query;
        return after.isPresent() ? query.after(BlockKey.of(after.get())) : query;
    }
}
