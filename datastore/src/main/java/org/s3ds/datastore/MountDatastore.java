package org.s3ds.datastore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * One store made of several, each mounted at a key and holding what lies strictly below it: {@code /blocks/X} is
 * {@code /X} in the store at {@code /blocks}, and {@code /blocks} itself belongs to the store at {@code /}. The most
 * specific mountpoint wins. Without one for a key, the key is absent and cannot be put.
 *
 * <p>A store mounted below another one does not hide what the other has there from listings, only from look-ups.
 */
public final class MountDatastore implements Datastore {
    /**
     * A store and where it is mounted.
     *
     * @param mountpoint the key above all of the store's keys
     * @param store is closed with the mount
     */
    public record Mount(Key mountpoint, Datastore store) {
        @Override
        public String toString() {
            return mountpoint + ": " + store;
        }
    }

    /** What a key range is in one mounted store. */
    private record Part(Mount mount, Key rest) {
        Subtree subtree() {
            return new Subtree(mount.mountpoint());
        }
    }

    /** Something done to a mounted store. */
    private interface Step {
        void run(Part part) throws DatastoreException;
    }

    private final List<Mount> mounts;

    /** These stores, in any sequence. Of two at one mountpoint the first is used for look-ups. */
    public MountDatastore(List<Mount> mounts) {
        this.mounts = mounts.stream()
                .sorted(Comparator.comparing(Mount::mountpoint, Key.BYTE_ORDER.reversed()))
                .toList();
    }

    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        Optional<Part> part = holderOf(key);
        return part.isEmpty()
                ? Optional.empty()
                : part.get().mount().store().get(part.get().rest());
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        Optional<Part> part = holderOf(key);
        return part.isPresent() && part.get().mount().store().has(part.get().rest());
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        Optional<Part> part = holderOf(key);
        return part.isEmpty()
                ? OptionalLong.empty()
                : part.get().mount().store().size(part.get().rest());
    }

    @Override
    public Optional<Sha256> sha256(Key key) throws DatastoreException {
        Optional<Part> part = holderOf(key);
        return part.isEmpty()
                ? Optional.empty()
                : part.get().mount().store().sha256(part.get().rest());
    }

    @Override
    public Checksums checksums(Key prefix) throws DatastoreException {
        List<Checksums> stores = new ArrayList<>();
        for (Part part : partsOf(prefix)) {
            stores.add(part.mount().store().checksums(part.rest()));
        }
        return Checksums.together(stores);
    }

    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        Part part = requireHolderOf(key);
        part.mount().store().put(part.rest(), value);
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        Optional<Part> part = holderOf(key);
        if (part.isPresent()) {
            part.get().mount().store().delete(part.get().rest());
        }
    }

    /**
     * Merges the listings of all stores that have a part of the range. Each is asked for no more than could be given;
     * what offset and limit leave of all is told here.
     */
    @Override
    public Results query(Query query) throws DatastoreException {
        List<Results> opened = new ArrayList<>();
        try {
            for (Part part : partsOf(query.prefix())) {
                Subtree subtree = part.subtree();
                Query inChild = query.withPrefix(part.rest())
                        .withFilters(
                                query.filters().stream().map(subtree::toInner).toList())
                        .withSlice(0, most(query))
                        .withOrders(query.orders().stream()
                                .map(order -> NamedOrder.under(order, subtree::toOuter))
                                .toList());
                opened.add(new MappedResults(query, part.mount().store().query(inChild), subtree::toOuter));
            }
        } catch (DatastoreException | RuntimeException e) {
            closeAfter(e, opened);
            throw e;
        }
        return ScanResults.inOrder(query, new MergedSource(Order.all(query.orders()), opened));
    }

    /** How many entries of one store can be among those that a query gives; 0 for any number. */
    private static long most(Query query) {
        return query.limit() > Long.MAX_VALUE - query.offset() || query.limit() == 0
                ? 0
                : query.offset() + query.limit();
    }

    @Override
    public Batch batch() {
        return new MountBatch();
    }

    @Override
    public void sync(Key prefix) throws DatastoreException {
        inEach(
                partsOf(prefix),
                "syncing datastore",
                part -> part.mount().store().sync(part.rest()));
    }

    /** Every store that may have something there is asked; the first that refuses is heard as it is. */
    @Override
    public void requireDeletes(Key prefix) throws DatastoreException {
        for (Part part : partsOf(prefix)) {
            part.mount().store().requireDeletes(part.rest());
        }
    }

    /** The sum over the stores that know; empty when none does. */
    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        List<Long> known = new ArrayList<>();
        inEach(
                all(),
                "getting disk usage",
                part -> part.mount().store().diskUsage().ifPresent(known::add));
        return known.stream().mapToLong(Long::longValue).reduce(Long::sum);
    }

    /** The sum over the stores that hold a part of it; empty when one of them does not know, or there is none. */
    @Override
    public OptionalLong diskUsage(Key prefix) throws DatastoreException {
        List<Part> parts = partsOf(prefix);
        List<Long> known = new ArrayList<>();
        inEach(
                parts,
                "getting disk usage",
                part -> part.mount().store().diskUsage(part.rest()).ifPresent(known::add));
        return known.isEmpty() || known.size() < parts.size()
                ? OptionalLong.empty()
                : OptionalLong.of(known.stream().mapToLong(Long::longValue).sum());
    }

    @Override
    public List<CopySource> copies(Key prefix) throws DatastoreException {
        List<CopySource> copies = new ArrayList<>();
        for (Part part : partsOf(prefix)) {
            for (CopySource source : part.mount().store().copies(part.rest())) {
                copies.add(key -> part.mount().mountpoint().isAncestorOf(key)
                        ? source.get(part.subtree().toInner(key))
                        : Optional.empty());
            }
        }
        return copies;
    }

    @Override
    public Optional<StoreIndex> index(Key prefix) {
        List<Part> parts = partsOf(prefix);
        if (parts.size() != 1) {
            return Optional.empty();
        }
        Subtree subtree = parts.getFirst().subtree();
        return parts.getFirst()
                .mount()
                .store()
                .index(parts.getFirst().rest())
                .map(index -> new MappedIndex(index, subtree::toInner, subtree::toOuter));
    }

    @Override
    public Datastore unindexed() {
        return new MountDatastore(mounts.stream()
                .map(mount -> new Mount(mount.mountpoint(), mount.store().unindexed()))
                .toList());
    }

    @Override
    public String whereIs(Key key) {
        return holderOf(key)
                .map(part -> part.mount().store().whereIs(part.rest()))
                .orElse("the value of " + key);
    }

    @Override
    public Datastore inBackground() {
        return new MountDatastore(mounts.stream()
                .map(mount -> new Mount(mount.mountpoint(), mount.store().inBackground()))
                .toList());
    }

    @Override
    public void close() throws DatastoreException {
        inEach(all(), "closing datastore", part -> part.mount().store().close());
    }

    @Override
    public String toString() {
        return mounts.stream().map(Mount::toString).collect(Collectors.joining(", ", "Mount(", ")"));
    }

    private Optional<Part> holderOf(Key key) {
        return mounts.stream()
                .filter(mount -> mount.mountpoint().isAncestorOf(key))
                .findFirst()
                .map(mount -> partOf(mount, key));
    }

    private Part requireHolderOf(Key key) throws DatastoreException {
        return holderOf(key).orElseThrow(() -> new DatastoreException("no datastore mounted for this key: " + key));
    }

    /** The stores that may hold something at a key or below it, the most specific first. */
    private List<Part> partsOf(Key key) {
        List<Part> parts = new ArrayList<>();
        for (Mount mount : mounts) {
            if (key.isAncestorOf(mount.mountpoint())) {
                parts.add(new Part(mount, Key.ROOT));
            } else if (mount.mountpoint().equals(key) || mount.mountpoint().isAncestorOf(key)) {
                parts.add(partOf(mount, key));
                break;
            }
        }
        return parts;
    }

    private List<Part> all() {
        return mounts.stream().map(mount -> new Part(mount, Key.ROOT)).toList();
    }

    private static Part partOf(Mount mount, Key key) {
        return new Part(mount, new Subtree(mount.mountpoint()).toInner(key));
    }

    /** Does a step in every store, also after a failure; what failed is thrown together, a line each. */
    private static void inEach(List<Part> parts, String doing, Step step) throws DatastoreException {
        Failures failures = new Failures();
        for (Part part : parts) {
            try {
                step.run(part);
            } catch (BatchException e) {
                // names its keys, and with them the mountpoint
                failures.add(e);
            } catch (DatastoreException e) {
                String message = doing + " at " + part.mount().mountpoint() + ": " + e.getMessage();
                failures.add(new DatastoreException(message, e));
            }
        }
        failures.throwIfAny();
    }

    private static void closeAfter(Exception failure, List<Results> opened) {
        for (Results results : opened) {
            try {
                results.close();
            } catch (DatastoreException e) {
                failure.addSuppressed(e);
            }
        }
    }

    /** The batches of the stores, each taken when it is first needed. */
    private final class MountBatch implements Batch {
        private final Map<Mount, Batch> batches = new LinkedHashMap<>();
        private boolean committed;

        @Override
        public void put(Key key, byte[] value) throws DatastoreException {
            Part part = requireHolderOf(key);
            in(part).put(part.rest(), value);
        }

        @Override
        public void delete(Key key) throws DatastoreException {
            Part part = requireHolderOf(key);
            in(part).delete(part.rest());
        }

        @Override
        public void commit() throws DatastoreException {
            requireOpen();
            committed = true;
            List<Part> used = batches.keySet().stream()
                    .map(mount -> new Part(mount, Key.ROOT))
                    .toList();
            inEach(used, "committing batch to datastore", this::commit);
        }

        private void commit(Part part) throws DatastoreException {
            try {
                Objects.requireNonNull(batches.get(part.mount())).commit();
            } catch (BatchException e) {
                throw e.renamed(part.subtree()::toOuter);
            }
        }

        private Batch in(Part part) throws DatastoreException {
            requireOpen();
            Batch batch = batches.get(part.mount());
            if (batch == null) {
                batch = part.mount().store().batch();
                batches.put(part.mount(), batch);
            }
            return batch;
        }

        private void requireOpen() {
            if (committed) {
                throw new IllegalStateException("this batch was committed; take a new one");
            }
        }
    }
}
