package org.s3ds.s3;

import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics.Counter;
import org.s3ds.datastore.ScanResults;

/**
 * The keys below a key with the sizes of their values, page by page, in the server's order. A page that fails is an
 * exception, never the end. Objects whose names are no keys are passed over and counted.
 */
final class Listing implements ScanResults.Source {
    private final S3Bucket bucket;
    private final ObjectNames names;
    private final String prefix;
    private final boolean checksOrder;
    private final Counter skipped;
    private long wanted;

    private Iterator<Listed> page = Collections.emptyIterator();
    private Optional<String> token = Optional.empty();
    private boolean last;
    private @Nullable Key previous;

    /**
     * Reads nothing yet.
     *
     * @param wanted how many keys will be asked for; {@link Long#MAX_VALUE} when that is not known
     * @param checksOrder whether a key that comes after a greater one is an error
     * @param skipped counts names that are no keys
     */
    Listing(S3Bucket bucket, ObjectNames names, Key below, long wanted, boolean checksOrder, Counter skipped) {
        this.bucket = bucket;
        this.names = names;
        this.prefix = names.below(below);
        this.wanted = wanted;
        this.checksOrder = checksOrder;
        this.skipped = skipped;
    }

    @Override
    public Optional<Entry> next() throws DatastoreException {
        while (page.hasNext() || !last) {
            if (!page.hasNext()) {
                turnPage();
                continue;
            }
            Listed listed = page.next();
            Optional<Key> key = names.keyOf(listed.name());
            if (key.isPresent()) {
                wanted--;
                checkOrder(key.get());
                return Optional.of(Entry.ofSize(key.get(), listed.size()));
            }
            skipped.add(1);
        }
        return Optional.empty();
    }

    private void turnPage() throws S3Exception {
        ListedPage next = bucket.list(prefix, token, Math.clamp(wanted, 1, S3Bucket.PAGE));
        page = next.objects().iterator();
        token = next.next();
        last = token.isEmpty();
    }

    private void checkOrder(Key key) throws DatastoreException {
        if (checksOrder && previous != null && Key.BYTE_ORDER.compare(previous, key) >= 0) {
            throw new DatastoreException(bucket + " lists " + key + " after " + previous
                    + ", which is not the order of keys;" + " list without an order, and sort what comes");
        }
        previous = key;
    }
}
