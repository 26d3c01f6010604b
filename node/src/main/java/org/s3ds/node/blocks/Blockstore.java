package org.s3ds.node.blocks;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Checksums;
import org.s3ds.datastore.CopySource;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Sha256;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.Multihash;

/**
 * The blocks of a node, in its datastore below {@code /blocks}. Any thread may call anything.
 *
 * <ul>
 *   <li>A block is found by its multihash: CIDs of other version or codec name the same block.
 *   <li>Every block that is read is hashed and compared, here and nowhere else; one that differs is a
 *       {@link CorruptBlockException}.
 *   <li>A CID of the identity hash carries its block: it is always there, and never stored or deleted.
 *   <li>Hashes that the {@link HashPolicy} does not trust are refused when a block is put and when it is read.
 *   <li>One call is one call to the datastore: a put does not look first, size and presence do not read the block. A
 *       block whose bytes are wrong is fetched once more, as they may have been damaged on the way, and then from
 *       wherever there are {@link #copies}.
 *   <li>A block that was read may come from memory when it is read again ({@link #caching}); whether it is there is
 *       always asked of the store.
 *   <li>Who puts blocks, or relies on some that are there, and then writes a root does so in a {@link Scope}. A put
 *       outside one is protected from a collection while it lasts, and from one that runs then; a read is not.
 *   <li>Blocks are removed by a {@link Collector} alone.
 * </ul>
 */
public final class Blockstore implements BlockSource, BlockSink {
    private static final int SHA256_LENGTH = 32;

    private final Datastore store;
    private final HashPolicy policy;
    private final Protection protection;

    /** What is touched in the scope that this is the view of. */
    private final Protection.@Nullable Touched scope;

    private final BlockCache cache;
    private final BlockNotes notes;

    /** Whether a block comes from the store itself, and nothing else. */
    private final boolean unaided;

    /**
     * Blocks in a datastore.
     *
     * @param store the whole datastore of the repo, not the part below {@code /blocks}; closed by whoever opened it
     */
    public Blockstore(Datastore store, HashPolicy policy) {
        this.store = store;
        this.policy = policy;
        this.protection = new Protection();
        this.scope = null;
        this.cache = BlockCache.NONE;
        this.notes = new BlockNotes(this::index);
        this.unaided = false;
    }

    private Blockstore(
            Blockstore shared, Datastore store, Protection.@Nullable Touched scope, BlockCache cache, boolean unaided) {
        this.store = store;
        this.policy = shared.policy;
        this.protection = shared.protection;
        this.scope = scope;
        this.cache = cache;
        this.notes = shared.notes;
        this.unaided = unaided;
    }

    /**
     * The same blocks, with a cache in memory for those that are read; to be asked for once, before the first is.
     *
     * @param most bytes, 0 for no cache; never more is used than an eighth of Java's memory
     * @param metrics where hits and misses go
     */
    public Blockstore caching(long most, Metrics metrics) {
        long bytes = Math.min(most, Runtime.getRuntime().maxMemory() / 8);
        return new Blockstore(this, store, scope, new BlockCache(bytes, metrics), unaided);
    }

    /** Frees the memory of the cache; to be called when no more blocks are read. */
    public void giveUpCache() {
        cache.clear();
    }

    /** The same blocks, as they are used in a scope. */
    Blockstore in(Protection.Touched touched) {
        return new Blockstore(this, store, touched, cache, unaided);
    }

    /** The same blocks for work that nobody waits for: {@link Datastore#inBackground}. */
    public Blockstore inBackground() {
        return new Blockstore(this, store.inBackground(), scope, cache, unaided);
    }

    /**
     * The same blocks as they are in the store itself: none that is read comes from memory or is a copy, and what is
     * known or was noted of them counts for nothing. For whoever makes sure that they are as they should be.
     */
    public Blockstore unaided() {
        return new Blockstore(this, store.unindexed(), scope, cache, true);
    }

    /** What the datastore knows of the blocks without asking where they are; empty when it keeps nothing. */
    public Optional<StoreIndex> index() {
        return store.index(BlockKey.PREFIX);
    }

    /** How many blocks there are, and of how many bytes, where that is known without asking or counting. */
    public Optional<StoreIndex.Totals> totals() throws IOException {
        Optional<StoreIndex> index = index();
        return index.isPresent() ? index.get().totals() : Optional.empty();
    }

    /**
     * The multihash of the block that is kept under a key of the datastore.
     *
     * @return empty for a key that is no block's
     */
    public static Optional<Multihash> hashOf(Key key) {
        return BlockKey.hashOf(key);
    }

    /** The key of a block at a place that has blocks at its root, as their store has them. */
    public static Key nameOf(Multihash hash) {
        return BlockKey.nameOf(hash);
    }

    /** Begins a scope; whoever asked for it closes it. */
    public Scope protect() {
        return new Scope(this, protection);
    }

    /**
     * Asks for the right to remove blocks; waits while somebody has it.
     *
     * @throws org.s3ds.datastore.AccessException when what goes is not decided by this process
     * @throws IOException when the wait was interrupted
     */
    public Collector collect() throws IOException {
        return new Collector(store, protection, cache, InstantSource.system());
    }

    /**
     * {@inheritDoc}
     *
     * @throws CorruptBlockException when the stored bytes are not those of the CID, twice, and no copy is right
     * @throws RefusedHashException when the CID's hash is not trusted
     */
    @Override
    public Block get(Cid cid) throws IOException {
        policy.check(cid.hash());
        if (cid.isIdentity()) {
            return Block.of(cid, cid.hash().digest());
        }
        touch(cid.hash());
        byte[] known = unaided ? null : cache.get(cid.hash());
        return known == null ? read(cid) : Block.of(cid, known);
    }

    /**
     * Does what {@link #get(Cid)} does, but reads nothing that is too large for a block: that is corrupt.
     *
     * @param listed how many bytes there are, as a listing or the store says
     * @throws CorruptBlockException also when they are more than {@link BlockLimit#READ}
     */
    public Block get(Cid cid, long listed) throws IOException {
        if (listed > BlockLimit.READ) {
            throw new CorruptBlockException(cid, whereIs(cid), listed);
        }
        return get(cid);
    }

    /**
     * A block that is in the store at this moment: one whose bytes are in memory is asked for, but not read again.
     *
     * @throws MissingBlockException when it is not
     */
    public Block getStored(Cid cid) throws IOException {
        byte[] known = unaided || cid.isIdentity() ? null : cache.get(cid.hash());
        if (known == null) {
            return get(cid);
        }
        require(cid);
        return Block.of(cid, known);
    }

    private Block read(Cid cid) throws IOException {
        long before = cache.removals();
        byte[] data = fetch(cid);
        Block block = Block.of(cid, cid.matches(data) ? data : fetchAgain(cid));
        cache.keep(block, before);
        notes.seen(block);
        return block;
    }

    private byte[] fetch(Cid cid) throws IOException {
        return store.get(BlockKey.of(cid.hash())).orElseThrow(() -> new MissingBlockException(cid));
    }

    private byte[] fetchAgain(Cid cid) throws IOException {
        byte[] data = fetch(cid);
        if (cid.matches(data)) {
            return data;
        }
        cache.forget(cid.hash());
        CorruptBlockException corrupt =
                new CorruptBlockException(cid, store.whereIs(BlockKey.of(cid.hash())), data.length);
        try {
            notes.damaged(cid.hash());
        } catch (DatastoreException e) {
            corrupt.addSuppressed(e);
        }
        if (unaided) {
            throw corrupt;
        }
        return fetchCopy(cid, corrupt);
    }

    private byte[] fetchCopy(Cid cid, CorruptBlockException corrupt) throws IOException {
        for (BlockSource source : copies()) {
            try {
                return source.get(cid).data();
            } catch (IOException e) {
                corrupt.addSuppressed(e);
            }
        }
        throw corrupt;
    }

    /** Whether the block is there; its bytes are not looked at. */
    public boolean has(Cid cid) throws IOException {
        if (cid.isIdentity()) {
            return true;
        }
        touch(cid.hash());
        return store.has(BlockKey.of(cid.hash()));
    }

    /**
     * The size of a block, without reading it.
     *
     * @return bytes; empty when the block is not there
     */
    public OptionalLong size(Cid cid) throws IOException {
        if (cid.isIdentity()) {
            return OptionalLong.of(cid.hash().digestLength());
        }
        touch(cid.hash());
        return store.size(BlockKey.of(cid.hash()));
    }

    /** Of how many blocks the store keeps what {@link #checksum} compares: {@link Datastore#checksums}. */
    public Checksums checksums() throws IOException {
        return store.checksums(BlockKey.PREFIX);
    }

    /** Whether a block of this name can be compared with a checksum that is kept: it is made of a whole SHA-256. */
    public static boolean isOfSha256(Multihash hash) {
        return hash.code() == HashFunction.SHA2_256.code() && hash.digestLength() == SHA256_LENGTH;
    }

    /** Compares the SHA-256 that the store keeps of a block with the one in its name, without reading it. */
    public KeptChecksum checksum(Cid cid) throws IOException {
        if (!isOfSha256(cid.hash())) {
            return KeptChecksum.NONE;
        }
        Optional<Sha256> kept = store.sha256(BlockKey.of(cid.hash()));
        if (kept.isEmpty()) {
            return KeptChecksum.NONE;
        }
        boolean isRight = kept.get().equals(Sha256.of(cid.hash().digest()));
        return isRight ? KeptChecksum.RIGHT : KeptChecksum.WRONG;
    }

    /**
     * Makes sure that a block is there, without reading it.
     *
     * @return its bytes
     * @throws MissingBlockException when it is not
     * @throws RefusedHashException when the CID's hash is not trusted
     */
    public long require(Cid cid) throws IOException {
        policy.check(cid.hash());
        return size(cid).orElseThrow(() -> new MissingBlockException(cid));
    }

    /**
     * Stores a block; on return it is stored, and durable after {@link #sync}. That its bytes belong to its CID is
     * taken on trust: who has the two from outside compares them first ({@link Cid#matches}).
     *
     * @throws RefusedHashException when the CID's hash is not trusted
     */
    @Override
    public void put(Block block) throws IOException {
        policy.check(block.cid().hash());
        if (block.cid().isIdentity()) {
            return;
        }
        if (scope == null) {
            try (Scope once = protect()) {
                once.blocks().put(block);
            }
            return;
        }
        protection.touch(scope, block.cid().hash());
        store.put(BlockKey.of(block.cid().hash()), block.data());
        cache.forget(block.cid().hash());
        notes.seen(block);
    }

    /** Whether a block is known to have no links, by its codec or because it was seen before, without reading it. */
    public boolean isLeaf(Cid cid) throws IOException {
        return BlockLinks.hasNone(cid.codec()) || (!unaided && notes.isLeaf(cid));
    }

    /** Tells whoever collects garbage, before the request goes out. */
    private void touch(Multihash hash) throws IOException {
        if (scope != null) {
            protection.touch(scope, hash);
        }
    }

    /** The multihashes of all blocks, in any sequence; the cursor must be closed. */
    public BlockKeys multihashes() throws IOException {
        return multihashes(BlockQuery.ALL);
    }

    /** The multihashes of blocks, and what else is asked for; the cursor must be closed. */
    public BlockKeys multihashes(BlockQuery query) throws IOException {
        return new BlockKeys(store.query(query.toQuery()));
    }

    /**
     * The space that the stores take in which blocks are.
     *
     * @return bytes; empty when one of them does not know
     */
    public OptionalLong diskUsage() throws IOException {
        return store.diskUsage(BlockKey.PREFIX);
    }

    /**
     * Where else copies of blocks may be had, each place by itself, and none when there is no other. Their blocks are
     * hashed and compared as all are.
     */
    public List<BlockSource> copies() throws IOException {
        return store.copies(BlockKey.PREFIX).stream()
                .<BlockSource>map(source -> cid -> copy(source, cid))
                .toList();
    }

    private Block copy(CopySource source, Cid cid) throws IOException {
        policy.check(cid.hash());
        Key key = BlockKey.of(cid.hash());
        byte[] data = source.get(key).orElseThrow(() -> new MissingBlockException(cid));
        if (!cid.matches(data)) {
            throw new CorruptBlockException(cid, key.base(), data.length);
        }
        return Block.of(cid, data);
    }

    /** Where a block lies, or would lie, in words for people: {@link Datastore#whereIs}. */
    public String whereIs(Cid cid) {
        return store.whereIs(BlockKey.of(cid.hash()));
    }

    /** Makes durable what was put or deleted before. */
    public void sync() throws IOException {
        store.sync(BlockKey.PREFIX);
    }
}
