package org.s3ds.node.blocks;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.CopySource;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
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
 *   <li>One call is one call to the datastore: a put does not look first, size and presence do not read the block. The
 *       one exception is a block whose bytes are wrong: they are fetched once more, as they may have been damaged on
 *       the way.
 *   <li>Who puts blocks, or relies on some that are there, and then writes a root does so in a {@link Scope}. A put
 *       outside one is protected from a collection while it lasts, and from one that runs then; a read is not.
 *   <li>Blocks are removed by a {@link Collector} alone.
 * </ul>
 */
public final class Blockstore implements BlockSource, BlockSink {
    private final Datastore store;
    private final HashPolicy policy;
    private final Protection protection;

    /** What is touched in the scope that this is the view of. */
    private final Protection.@Nullable Touched scope;

    /**
     * Blocks in a datastore.
     *
     * @param store the whole datastore of the repo, not the part below {@code /blocks}; closed by whoever opened it
     */
    public Blockstore(Datastore store, HashPolicy policy) {
        this(store, policy, new Protection(), null);
    }

    /** The same blocks, as they are used in a scope. */
    Blockstore(Blockstore shared, Protection.Touched scope) {
        this(shared.store, shared.policy, shared.protection, scope);
    }

    private Blockstore(Datastore store, HashPolicy policy, Protection protection, Protection.@Nullable Touched scope) {
        this.store = store;
        this.policy = policy;
        this.protection = protection;
        this.scope = scope;
    }

    /** The same blocks for work that nobody waits for: {@link Datastore#inBackground}. */
    public Blockstore inBackground() {
        return new Blockstore(store.inBackground(), policy, protection, scope);
    }

    /** What the datastore knows of the blocks without asking where they are; empty when it keeps nothing. */
    public Optional<StoreIndex> index() {
        return store.index(BlockKey.PREFIX);
    }

    /**
     * The multihash of the block that is kept under a key of the datastore.
     *
     * @return empty for a key that is no block's
     */
    public static Optional<Multihash> hashOf(Key key) {
        return BlockKey.hashOf(key);
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
        return new Collector(store, protection, InstantSource.system());
    }

    /**
     * {@inheritDoc}
     *
     * @throws CorruptBlockException when the stored bytes are not those of the CID, twice
     * @throws RefusedHashException when the CID's hash is not trusted
     */
    @Override
    public Block get(Cid cid) throws IOException {
        policy.check(cid.hash());
        if (cid.isIdentity()) {
            return Block.of(cid, cid.hash().digest());
        }
        touch(cid.hash());
        byte[] data = fetch(cid);
        return Block.of(cid, cid.matches(data) ? data : fetchAgain(cid));
    }

    private byte[] fetch(Cid cid) throws IOException {
        return store.get(BlockKey.of(cid.hash())).orElseThrow(() -> new MissingBlockException(cid));
    }

    private byte[] fetchAgain(Cid cid) throws IOException {
        byte[] data = fetch(cid);
        if (!cid.matches(data)) {
            throw new CorruptBlockException(cid, BlockKey.of(cid.hash()).base(), data.length);
        }
        return data;
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

    /** Makes durable what was put or deleted before. */
    public void sync() throws IOException {
        store.sync(BlockKey.PREFIX);
    }
}
