package org.s3ds.datastore;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * A store whose calls are counted and timed, under the names, help texts and buckets of go-ds-measure, so that a Kubo
 * dashboard goes on working: {@code <prefix>.put_total}, {@code <prefix>.put.errors_total},
 * {@code <prefix>.put.latency_seconds}, {@code <prefix>.put.size_bytes} and so on. Every call counts and is timed, a
 * failed one too; an absent key is no failure; a query is timed until its results can be read.
 */
public final class MeasuredDatastore implements Datastore {
    /** What is counted, with its part of the metric's name and the name that help texts give it. */
    private enum Operation {
        PUT("put", "Datastore.Put"),
        SYNC("sync", "Datastore.Sync"),
        GET("get", "Datastore.Get"),
        HAS("has", "Datastore.Has"),
        SIZE("getsize", "Datastore.GetSize"),
        DELETE("delete", "Datastore.Delete"),
        QUERY("query", "Datastore.Query"),
        DISK_USAGE("du", "Datastore.DiskUsage"),
        BATCH_PUT("batchput", "Batch.Put"),
        BATCH_DELETE("batchdelete", "Batch.Delete"),
        BATCH_COMMIT("batchcommit", "Batch.Commit"),
        // no store here has these; a Kubo node shows them all the same, and here they stay 0
        CHECK("check", "Datastore.Check"),
        SCRUB("scrub", "Datastore.Scrub"),
        COLLECT_GARBAGE("gc", "Datastore.CollectGarbage");

        private final String suffix;
        private final String helpName;

        Operation(String suffix, String helpName) {
            this.suffix = suffix;
            this.helpName = helpName;
        }
    }

    private static final List<Double> SIZE_BUCKETS = List.of(64.0, 4096.0, 262_144.0, 16_777_216.0);

    private final String prefix;
    private final Datastore child;
    private final Map<Operation, MeasuredCalls> calls;
    private final Metrics.Histogram storedBytes;
    private final Metrics.Histogram retrievedBytes;
    private final Metrics.Histogram batchedBytes;

    /**
     * Measures a store.
     *
     * @param prefix what metric names begin with, such as {@code s3.datastore}
     * @param child is closed with this store
     */
    public MeasuredDatastore(String prefix, Datastore child, Metrics metrics) {
        this(prefix, child, metrics, System::nanoTime);
    }

    MeasuredDatastore(String prefix, Datastore child, Metrics metrics, LongSupplier nanoTime) {
        this.prefix = prefix;
        this.child = child;
        this.calls = new EnumMap<>(Operation.class);
        for (Operation each : Operation.values()) {
            calls.put(each, new MeasuredCalls(metrics, prefix + "." + each.suffix, each.helpName, nanoTime));
        }
        storedBytes = sizes(metrics, Operation.PUT, "Size distribution of stored byte slices");
        retrievedBytes = sizes(metrics, Operation.GET, "Size distribution of retrieved byte slices");
        batchedBytes = sizes(metrics, Operation.BATCH_PUT, "Size distribution of byte slices put into batches");
    }

    private MeasuredDatastore(MeasuredDatastore counted, Datastore child) {
        this.prefix = counted.prefix;
        this.child = child;
        this.calls = counted.calls;
        this.storedBytes = counted.storedBytes;
        this.retrievedBytes = counted.retrievedBytes;
        this.batchedBytes = counted.batchedBytes;
    }

    private Metrics.Histogram sizes(Metrics metrics, Operation operation, String help) {
        return metrics.histogram(prefix + "." + operation.suffix + ".size_bytes", help, Map.of(), SIZE_BUCKETS);
    }

    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        Optional<byte[]> value = calls(Operation.GET).call(() -> child.get(key));
        value.ifPresent(bytes -> retrievedBytes.observe(bytes.length));
        return value;
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        return calls(Operation.HAS).call(() -> child.has(key));
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        return calls(Operation.SIZE).call(() -> child.size(key));
    }

    /** No call of go-datastore, and not counted. */
    @Override
    public Optional<Sha256> sha256(Key key) throws DatastoreException {
        return child.sha256(key);
    }

    @Override
    public Checksums checksums(Key prefix) throws DatastoreException {
        return child.checksums(prefix);
    }

    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        storedBytes.observe(value.length);
        calls(Operation.PUT).run(() -> child.put(key, value));
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        calls(Operation.DELETE).run(() -> child.delete(key));
    }

    @Override
    public Results query(Query query) throws DatastoreException {
        return calls(Operation.QUERY).call(() -> child.query(query));
    }

    @Override
    public Batch batch() throws DatastoreException {
        Batch batch = child.batch();
        return new Batch() {
            @Override
            public void put(Key key, byte[] value) throws DatastoreException {
                batchedBytes.observe(value.length);
                calls(Operation.BATCH_PUT).run(() -> batch.put(key, value));
            }

            @Override
            public void delete(Key key) throws DatastoreException {
                calls(Operation.BATCH_DELETE).run(() -> batch.delete(key));
            }

            @Override
            public void commit() throws DatastoreException {
                calls(Operation.BATCH_COMMIT).run(batch::commit);
            }
        };
    }

    @Override
    public void sync(Key prefix) throws DatastoreException {
        calls(Operation.SYNC).run(() -> child.sync(prefix));
    }

    /** No call of go-datastore, and not counted. */
    @Override
    public void requireDeletes(Key prefix) throws DatastoreException {
        child.requireDeletes(prefix);
    }

    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        return calls(Operation.DISK_USAGE).call(child::diskUsage);
    }

    @Override
    public OptionalLong diskUsage(Key prefix) throws DatastoreException {
        return calls(Operation.DISK_USAGE).call(() -> child.diskUsage(prefix));
    }

    /** Not counted: they are other stores. */
    @Override
    public List<CopySource> copies(Key prefix) throws DatastoreException {
        return child.copies(prefix);
    }

    @Override
    public Optional<StoreIndex> index(Key prefix) {
        return child.index(prefix);
    }

    @Override
    public Datastore unindexed() {
        return new MeasuredDatastore(this, child.unindexed());
    }

    @Override
    public String whereIs(Key key) {
        return child.whereIs(key);
    }

    /** What is asked of it counts as the same. */
    @Override
    public Datastore inBackground() {
        return new MeasuredDatastore(this, child.inBackground());
    }

    @Override
    public void close() throws DatastoreException {
        child.close();
    }

    @Override
    public String toString() {
        return "Measured(" + prefix + ", " + child + ")";
    }

    private MeasuredCalls calls(Operation operation) {
        return Objects.requireNonNull(calls.get(operation));
    }
}
