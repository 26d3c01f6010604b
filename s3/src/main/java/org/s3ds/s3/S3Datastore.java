package org.s3ds.s3;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Filter;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Metrics.Counter;
import org.s3ds.datastore.Order;
import org.s3ds.datastore.PendingBatch;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.ScanResults;
import org.s3ds.datastore.StoreContext;

/**
 * A datastore in an S3 bucket: one object per value, named as {@link ObjectNames} says. Requests: a put is one PUT; get
 * one GET; has and size one HEAD, and with the first absent key one LIST ({@link BucketProof}); a delete one DELETE; a
 * query one LIST per thousand keys it looks at, and one GET per value it gives. The calling thread waits for them.
 *
 * <p>Whether a key may exist beside keys below it is the server's affair: AWS allows it, a server that keeps files in
 * folders does not.
 */
final class S3Datastore implements Datastore {
    private final S3Config config;
    private final S3Bucket bucket;
    private final ObjectNames names;
    private final BucketProof proof;
    private final Counter skipped;

    /** Alone at its endpoint, with nothing around it but somewhere to count. */
    S3Datastore(S3Config config, Metrics metrics) {
        this(config, new StoreContext(Path.of("").toAbsolutePath(), metrics, Map.of()));
    }

    S3Datastore(S3Config config, StoreContext context) {
        this(config, new S3Bucket(config, context), context.metrics());
    }

    /** In a bucket that is closed with the store. */
    S3Datastore(S3Config config, S3Bucket bucket, Metrics metrics) {
        this.config = config;
        this.bucket = bucket;
        this.names = new ObjectNames(config.rootDirectory());
        this.proof = new BucketProof(bucket, names.below(Key.ROOT));
        this.skipped = metrics.counter("s3ds.names_skipped", "Listed objects whose names are no keys", Map.of());
    }

    private S3Datastore(S3Datastore shared, S3Bucket bucket) {
        this.config = shared.config;
        this.bucket = bucket;
        this.names = shared.names;
        this.proof = shared.proof;
        this.skipped = shared.skipped;
    }

    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        Optional<String> name = names.of(key);
        return name.isPresent() ? bucket.get(name.get()) : Optional.empty();
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        return size(key).isPresent();
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        Optional<String> name = names.of(key);
        if (name.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong size = bucket.head(name.get());
        if (size.isEmpty()) {
            proof.require();
        }
        return size;
    }

    /**
     * Stores a value; stored means what the server means by it. The value of a block's key must have the hash in the
     * key: the server refuses it otherwise.
     */
    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        String name = names.of(key).orElseThrow(() -> new DatastoreException("no object can hold the key " + key));
        bucket.put(name, value, BlockKey.sha256Hex(key).orElseGet(() -> DigestSigner.sha256Hex(value)));
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        Optional<String> name = names.of(key);
        if (name.isPresent()) {
            bucket.delete(name.get());
        }
    }

    /**
     * Lists. Without orders, or by key, entries stream from the server, whose order is checked when it matters; any
     * other order holds all keys in memory. Values are fetched for the entries that are given, and for others only when
     * a filter or an order needs to see them.
     */
    @Override
    public Results query(Query query) {
        boolean streams = query.orders().isEmpty() || query.orders().getFirst().equals(Order.KEY);
        ScanResults.Source keys = listing(query, streams);
        if (query.keysOnly()) {
            return scan(query, keys, streams);
        }
        if (looksAtValues(query)) {
            Query candidates = Query.keys(query.prefix()).withFilters(keyFilters(query));
            ScanResults.Source values = readAhead(query, source(scan(candidates, keys, true)), Long.MAX_VALUE);
            return scan(query, values, streams);
        }
        Results wanted = scan(query.onlyKeys().withSlice(query.offset(), 0), keys, streams);
        return readAhead(query, source(wanted), query.limit() == 0 ? Long.MAX_VALUE : query.limit());
    }

    private Listing listing(Query query, boolean streams) {
        boolean countable = streams
                && query.filters().isEmpty()
                && query.limit() != 0
                && query.limit() < Long.MAX_VALUE - query.offset();
        long wanted = countable ? query.offset() + query.limit() : Long.MAX_VALUE;
        boolean ordered = streams && !query.orders().isEmpty();
        return new Listing(bucket, names, query.prefix(), wanted, ordered, skipped);
    }

    private ReadAhead readAhead(Query query, ScanResults.Source keys, long most) {
        return new ReadAhead(query, keys, this, most, config.workers());
    }

    private static Results scan(Query query, ScanResults.Source entries, boolean inOrder) {
        return inOrder ? ScanResults.inOrder(query, entries) : ScanResults.of(query, entries);
    }

    private static boolean looksAtValues(Query query) {
        return keyFilters(query).size() < query.filters().size()
                || !List.of(Order.KEY, Order.KEY_DESCENDING).containsAll(query.orders());
    }

    private static List<Filter> keyFilters(Query query) {
        return query.filters().stream()
                .filter(filter -> filter instanceof Filter.ByKey || filter instanceof Filter.ByKeyPrefix)
                .toList();
    }

    private static ScanResults.Source source(Results results) {
        return new ScanResults.Source() {
            @Override
            public Optional<Entry> next() throws DatastoreException {
                return results.next();
            }

            @Override
            public void close() throws DatastoreException {
                results.close();
            }
        };
    }

    @Override
    public Batch batch() {
        return new PendingBatch(new BatchCommit(this, bucket, names));
    }

    /** Nothing to do: a put that returned is stored. */
    @Override
    public void sync(Key prefix) {}

    /** Always empty: only a listing of everything could tell. */
    @Override
    public OptionalLong diskUsage() {
        return OptionalLong.empty();
    }

    /** Whose requests make way for those of all other stores on the same endpoint. */
    @Override
    public Datastore inBackground() {
        return new S3Datastore(this, bucket.inBackground());
    }

    @Override
    public void close() {
        bucket.close();
    }

    /** Such as {@code S3(bucket/node1 at http://127.0.0.1:9000)}. */
    @Override
    public String toString() {
        String root = names.below(Key.ROOT);
        return "S3(" + config.bucket() + (root.isEmpty() ? "" : "/" + root) + " at " + config.place() + ")";
    }
}
