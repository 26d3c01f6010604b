package org.s3ds.s3;

import java.util.List;
import org.s3ds.datastore.Metrics.Counter;
import org.s3ds.datastore.Order;
import org.s3ds.datastore.Query;

/**
 * What the listings of a store have in common.
 *
 * @param bucket where the objects are
 * @param names what they are called
 * @param width how many pages a listing may ask for at once, 1 or more
 * @param trust whether the bucket can be listed by ranges
 * @param lastWhole learns what was seen by a listing of everything
 * @param skipped counts names that are no keys
 */
record Listings(
        S3Bucket bucket, ObjectNames names, int width, RangeTrust trust, LastListing lastWhole, Counter skipped) {
    /** More would be of no use to a reader that parses what comes. */
    private static final int WIDEST = 48;
    /** What a page takes while it is read. */
    private static final long BYTES_A_PAGE = 1L << 20;

    /** How many pages may be asked for at once: some of the workers, as far as a quarter of Java's memory allows. */
    static int width(int workers) {
        long affordable = Runtime.getRuntime().maxMemory() / 4 / BYTES_A_PAGE;
        return Math.clamp(affordable, 1, Math.min(workers, WIDEST));
    }

    /** The same for another view of the bucket. */
    Listings in(S3Bucket view) {
        return new Listings(view, names, width, trust, lastWhole, skipped);
    }

    /** The keys that a query needs to look at; by key if that is its first order, else in any sequence. */
    Listing of(Query query) {
        return new Listing(this, NameSpan.of(query, names), manner(query), wanted(query), query.times());
    }

    private static Listing.Manner manner(Query query) {
        if (query.orders().isEmpty()) {
            return query.limit() == 0 ? Listing.Manner.ALL_AT_ONCE : Listing.Manner.SPARING;
        }
        // any other order needs everything before it gives anything
        return query.orders().getFirst().equals(Order.KEY) ? Listing.Manner.BY_KEY : Listing.Manner.ALL_AT_ONCE;
    }

    /** How many keys will be asked for; {@link Long#MAX_VALUE} when a filter or an order needs to see others first. */
    private static long wanted(Query query) {
        boolean countable = List.of(List.of(), List.of(Order.KEY)).contains(query.orders())
                && query.filters().isEmpty()
                && query.limit() != 0
                && query.limit() < Long.MAX_VALUE - query.offset();
        return countable ? query.offset() + query.limit() : Long.MAX_VALUE;
    }
}
