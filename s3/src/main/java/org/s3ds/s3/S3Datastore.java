package org.s3ds.s3;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Checksums;
import org.s3ds.datastore.CopySource;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Filter;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Order;
import org.s3ds.datastore.PendingBatch;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.ScanResults;
import org.s3ds.datastore.Sha256;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.s3.claims.Claimant;
import org.s3ds.s3.index.ObjectIndex;
import org.s3ds.s3.index.VanishedException;

/**
 * A datastore in an S3 bucket: one object per value, named as {@link ObjectNames} says. What {@link ObjectIndex} knows
 * costs no request. The others: a put is one PUT; get one GET; has and size one HEAD, and with the first absent key one
 * LIST ({@link BucketProof}); a delete one DELETE; a query one LIST per thousand keys it looks at ({@link RangePlan}: a
 * few more for a long one), and one GET per value it gives. The calling thread waits for them.
 *
 * <p>With further buckets to read from, get, has and size of a key that is absent ask these too, one after the other,
 * and a key is absent when all of them have said so. Everything else sees the first bucket alone: nothing is left out
 * there because another has it.
 *
 * <p>Whether a key may exist beside keys below it is the server's affair: AWS allows it, a server that keeps files in
 * folders does not.
 */
final class S3Datastore implements Datastore {
    private final S3Config config;
    private final S3Bucket bucket;
    private final S3Objects objects;
    private final ObjectNames names;
    private final BucketProof proof;
    private final List<ReadBucket> others;
    private final Listings listings;
    private final BulkDelete bulk;
    private final Tenure tenure;
    private final IndexedPlace place;

    /** What is known without asking. */
    private final ObjectIndex index;

    /** Whether who asks is told what is known. */
    private final boolean isIndexed;

    /** Alone at its endpoint, with nothing around it but somewhere to count. */
    S3Datastore(S3Config config, Metrics metrics) {
        this(config, new StoreContext(Path.of("").toAbsolutePath(), metrics, Map.of()), new Governors());
    }

    /** Beside others, which have the same governors. */
    S3Datastore(S3Config config, StoreContext context, Governors governors) {
        this(config, new S3Bucket(config, context, governors), context, governors);
    }

    /** In a bucket that is closed with the store, and of which no repo may have made a part its own. */
    S3Datastore(S3Config config, S3Bucket bucket, StoreContext context, Governors governors) {
        this(config, bucket, context, governors, Claims.Watching.NOBODY);
    }

    /** In a bucket that is closed with the store. */
    S3Datastore(S3Config config, S3Bucket bucket, StoreContext context, Governors governors, Claims.Watching watching) {
        this.config = config;
        this.bucket = bucket;
        this.objects = new S3Objects(bucket);
        this.names = new ObjectNames(config.rootDirectory());
        this.proof = new BucketProof(bucket, names.below(Key.ROOT));
        this.others = config.readBuckets().stream()
                .map(other -> new ReadBucket(other, context, governors))
                .toList();
        this.bulk = new BulkDelete(bucket);
        Supplier<Claimant> claimant = () -> Claims.claimant(bucket, objects, context, InstantSource.system());
        this.tenure = Claims.tenure(config, claimant, watching);
        this.listings = new Listings(
                bucket,
                names,
                Listings.width(config.workers()),
                new RangeTrust(),
                new LastListing(InstantSource.system(), context.metrics(), bucketAndFolder()),
                context.metrics().counter("s3ds.names_skipped", "Listed objects whose names are no keys", Map.of()));
        this.place =
                new IndexedPlace(config, objects, names, proof, listings.in(bucket.inBackground()), tenure, claimant);
        this.index = place.index(context, bucketAndFolder());
        this.isIndexed = true;
    }

    /** The same store, with another view of its bucket. */
    private S3Datastore(S3Datastore shared, S3Bucket bucket, boolean isIndexed) {
        this.config = shared.config;
        this.bucket = bucket;
        this.objects = shared.objects.in(bucket);
        this.names = shared.names;
        this.proof = shared.proof;
        this.others = bucket.priority() == Priority.BACKGROUND
                ? shared.others.stream().map(ReadBucket::inBackground).toList()
                : shared.others;
        this.bulk = shared.bulk.in(bucket);
        this.tenure = shared.tenure;
        this.listings = shared.listings.in(bucket);
        this.place = shared.place;
        this.index = shared.index;
        this.isIndexed = isIndexed;
    }

    /** @throws VanishedException when it must be there, and is not, nor in a further bucket */
    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        Optional<String> name = names.of(key);
        if (name.isEmpty()) {
            return fromOthers(key);
        }
        try {
            Optional<byte[]> value =
                    isIndexed ? index.get(key, () -> objects.get(name.get())) : unindexed(key, name.get());
            return value.isPresent() ? value : fromOthers(key);
        } catch (VanishedException e) {
            return Optional.of(fromOthers(key).orElseThrow(() -> e));
        }
    }

    private Optional<byte[]> unindexed(Key key, String name) throws DatastoreException {
        Optional<byte[]> value = objects.get(name);
        if (value.isEmpty()) {
            index.absent(key);
        }
        return value;
    }

    private Optional<byte[]> fromOthers(Key key) throws DatastoreException {
        Optional<byte[]> value = Optional.empty();
        for (int i = 0; value.isEmpty() && i < others.size(); i++) {
            value = others.get(i).get(key);
        }
        return value;
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        return size(key).isPresent();
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        OptionalLong size =
                isIndexed ? index.size(key, place.ask(key)) : place.ask(key).ask();
        if (!isIndexed && size.isEmpty()) {
            index.absent(key);
        }
        for (int i = 0; size.isEmpty() && i < others.size(); i++) {
            size = others.get(i).size(key);
        }
        return size;
    }

    /** One HEAD: what the server keeps; that of further buckets does not count. */
    @Override
    public Optional<Sha256> sha256(Key key) throws DatastoreException {
        Optional<String> name = names.of(key);
        Optional<ObjectAnswer> found = name.isPresent() ? objects.withChecksum(name.get()) : Optional.empty();
        if (name.isPresent() && found.isEmpty()) {
            proof.require();
        }
        return found.flatMap(ObjectAnswer::sha256);
    }

    /** Each put has it where the spec says {@code "checksum": "sha256"}; else others may have put it so. */
    @Override
    public Checksums checksums(Key prefix) {
        return config.objects().checksum() == ObjectHeaders.Checksum.SHA256 ? Checksums.EACH : Checksums.PERHAPS;
    }

    /**
     * Stores a value; stored means what the server means by it. The value of a block's key must have the hash in the
     * key: the server refuses it otherwise. A block that is known to be there is not sent again.
     */
    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        String name = names.of(key).orElseThrow(() -> new DatastoreException("no object can hold the key " + key));
        requireWrites();
        Optional<String> hash = BlockKey.sha256Hex(key);
        index.put(
                key,
                value.length,
                BlockKey.isBlock(key),
                () -> objects.put(name, value, hash.orElseGet(() -> DigestSigner.sha256Hex(value))));
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        Optional<String> name = names.of(key);
        if (name.isPresent()) {
            requireWrites();
            index.deleteAll(List.of(key), () -> {
                objects.delete(name.get());
                return Map.of();
            });
        }
    }

    /** Removes values, each of which has an object's name, with one request. */
    Optional<Map<Key, DatastoreException>> deleteTogether(Map<Key, String> named) throws DatastoreException {
        requireWrites();
        Map<String, Key> byName = new LinkedHashMap<>();
        named.forEach((key, name) -> byName.put(name, key));
        AtomicBoolean isLacking = new AtomicBoolean();
        Map<Key, DatastoreException> failures = index.deleteAll(List.copyOf(named.keySet()), () -> {
            Optional<Map<String, S3Exception>> failed = bulk.delete(List.copyOf(byName.keySet()));
            isLacking.set(failed.isEmpty());
            Map<Key, DatastoreException> failedKeys = new LinkedHashMap<>();
            failed.orElse(Map.of()).forEach((name, failure) -> failedKeys.put(byName.get(name), failure));
            if (failed.isEmpty()) {
                DatastoreException none = new DatastoreException("the server deletes one by one alone");
                named.keySet().forEach(key -> failedKeys.put(key, none));
            }
            return failedKeys;
        });
        return isLacking.get() ? Optional.empty() : Optional.of(failures);
    }

    /**
     * Lists. Without orders, or by key, entries stream from the server, whose order is checked when it matters; any
     * other order holds all keys in memory. Values are fetched for the entries that are given, and for others only when
     * a filter or an order needs to see them.
     */
    @Override
    public Results query(Query query) throws DatastoreException {
        boolean streams = query.orders().isEmpty() || query.orders().getFirst().equals(Order.KEY);
        ScanResults.Source keys = keys(query);
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

    /** Known keys are in order, as a listing need not be; when they were put is not known of them. */
    private ScanResults.Source keys(Query query) throws DatastoreException {
        return isIndexed && !query.times() ? index.keys().orElseGet(() -> listings.of(query)) : listings.of(query);
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
        return new PendingBatch(new BatchCommit(this, bulk, names, config.workers()));
    }

    /** Returns when it may write: the first write claims the place, where the spec has it so. */
    void requireWrites() throws DatastoreException {
        try {
            tenure.require();
        } catch (AccessException e) {
            index.disown();
            throw e;
        }
    }

    /** Asks the place whether it is this repo's still, where it is at all. */
    @Override
    public void requireDeletes(Key prefix) throws DatastoreException {
        try {
            tenure.requireNow();
        } catch (AccessException e) {
            index.disown();
            throw e;
        }
        index.held();
    }

    /** Nothing to do: a put that returned is stored. */
    @Override
    public void sync(Key prefix) {}

    /**
     * The bytes of all values: as the index knows them, else as the last listing of everything showed them; what was
     * put or deleted since then is not in it. Empty until one has come to its end since the store was opened. Sends
     * nothing, unless the index is in doubt about some keys, and asks about these.
     */
    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        Optional<StoreIndex> shown = index.shown();
        Optional<StoreIndex.Totals> totals = shown.isPresent() ? shown.get().totals() : Optional.empty();
        if (totals.isPresent()) {
            return OptionalLong.of(totals.get().bytes());
        }
        return listings.lastWhole()
                .total()
                .map(total -> OptionalLong.of(total.bytes()))
                .orElse(OptionalLong.empty());
    }

    /** The further buckets to read from, each by itself. */
    @Override
    public List<CopySource> copies(Key prefix) {
        return others.stream().<CopySource>map(other -> other::get).toList();
    }

    /** Whose requests make way for those of all other stores on the same endpoint. */
    @Override
    public Datastore inBackground() {
        return new S3Datastore(this, bucket.inBackground(), isIndexed);
    }

    @Override
    public Datastore unindexed() {
        return new S3Datastore(this, bucket, false);
    }

    @Override
    public Optional<StoreIndex> index(Key prefix) {
        return prefix.isRoot() ? index.shown() : Optional.empty();
    }

    @Override
    public String whereIs(Key key) {
        return place.whereIs(key);
    }

    @Override
    public void close() throws DatastoreException {
        try {
            index.close();
        } finally {
            bucket.close();
            others.forEach(ReadBucket::close);
            listings.lastWhole().close();
        }
    }

    /** Such as {@code S3(bucket/node1 at http://127.0.0.1:9000)}. */
    @Override
    public String toString() {
        return "S3(" + bucketAndFolder() + " at " + config.place() + ")";
    }

    private String bucketAndFolder() {
        String folder = config.place().folder();
        return config.bucket() + (folder.isEmpty() ? "" : "/" + folder);
    }
}
