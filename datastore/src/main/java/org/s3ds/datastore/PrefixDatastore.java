package org.s3ds.datastore;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A store inside another one: every key is kept below a prefix there. go-datastore's {@code namespace}, with its one
 * oddity: a key that begins with the prefix already is not prefixed again, so that {@code /ns/a} and {@code /a} are one
 * key here.
 */
public final class PrefixDatastore implements Datastore {
    private final Subtree subtree;
    private final Datastore child;

    /**
     * A store that keeps its keys below {@code prefix} in {@code child}.
     *
     * @param child is closed with this store
     */
    public PrefixDatastore(Key prefix, Datastore child) {
        this.subtree = new Subtree(prefix);
        this.child = child;
    }

    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        return child.get(prefixed(key));
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        return child.has(prefixed(key));
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        return child.size(prefixed(key));
    }

    @Override
    public Optional<Sha256> sha256(Key key) throws DatastoreException {
        return child.sha256(prefixed(key));
    }

    @Override
    public Checksums checksums(Key prefix) throws DatastoreException {
        return child.checksums(prefixed(prefix));
    }

    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        child.put(prefixed(key), value);
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        child.delete(prefixed(key));
    }

    /** The child does all of it: prefix, filters and orders are translated, offset and limit hold as they are. */
    @Override
    public Results query(Query query) throws DatastoreException {
        Query inChild = query.withPrefix(prefixed(query.prefix()))
                .withFilters(query.filters().stream().map(this::inChild).toList())
                .withOrders(query.orders().stream()
                        .map(order -> NamedOrder.under(order, subtree::toInner))
                        .toList());
        return new MappedResults(query, child.query(inChild), subtree::toInner);
    }

    @Override
    public Batch batch() throws DatastoreException {
        Batch batch = child.batch();
        return new Batch() {
            @Override
            public void put(Key key, byte[] value) throws DatastoreException {
                batch.put(prefixed(key), value);
            }

            @Override
            public void delete(Key key) throws DatastoreException {
                batch.delete(prefixed(key));
            }

            @Override
            public void commit() throws DatastoreException {
                try {
                    batch.commit();
                } catch (BatchException e) {
                    throw e.renamed(subtree::toInner);
                }
            }
        };
    }

    @Override
    public void sync(Key prefix) throws DatastoreException {
        child.sync(prefixed(prefix));
    }

    @Override
    public void requireDeletes(Key prefix) throws DatastoreException {
        child.requireDeletes(prefixed(prefix));
    }

    /** What the whole child takes. */
    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        return child.diskUsage();
    }

    @Override
    public OptionalLong diskUsage(Key prefix) throws DatastoreException {
        return child.diskUsage(prefixed(prefix));
    }

    @Override
    public List<CopySource> copies(Key prefix) throws DatastoreException {
        return child.copies(prefixed(prefix)).stream()
                .<CopySource>map(source -> key -> source.get(prefixed(key)))
                .toList();
    }

    @Override
    public Optional<StoreIndex> index(Key prefix) {
        return child.index(prefixed(prefix)).map(index -> new MappedIndex(index, this::prefixed, subtree::toInner));
    }

    @Override
    public Datastore unindexed() {
        return new PrefixDatastore(subtree.root(), child.unindexed());
    }

    @Override
    public String whereIs(Key key) {
        return child.whereIs(prefixed(key));
    }

    @Override
    public Datastore inBackground() {
        return new PrefixDatastore(subtree.root(), child.inBackground());
    }

    @Override
    public void close() throws DatastoreException {
        child.close();
    }

    @Override
    public String toString() {
        return "Prefix(" + subtree.root() + ", " + child + ")";
    }

    private Key prefixed(Key key) {
        return subtree.root().isAncestorOf(key) ? key : subtree.toOuter(key);
    }

    /** A filter on the child's entries that keeps what the given one keeps of ours. */
    private Filter inChild(Filter filter) {
        return switch (filter) {
            case Filter.ByKey(Filter.Comparison comparison, Key key) ->
                new Filter.ByKey(comparison, subtree.toOuter(key));
            case Filter.ByKeyPrefix(String text)
            when !subtree.root().isRoot() -> new Filter.ByKeyPrefix(subtree.root() + text);
            case Filter.ByKeyPrefix unchanged -> unchanged;
            case Filter.ByValue unchanged -> unchanged;
            default -> entry -> filter.keeps(subtree.toInner(entry));
        };
    }
}
