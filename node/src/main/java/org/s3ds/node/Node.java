package org.s3ds.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.ReadOnlyException;
import org.s3ds.datastore.StoreType;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.CidFormat;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.HashPolicy;
import org.s3ds.node.keys.Keystore;
import org.s3ds.node.mfs.Mfs;
import org.s3ds.node.mfs.MfsOptions;
import org.s3ds.node.names.Names;
import org.s3ds.node.pins.FilesRoot;
import org.s3ds.node.pins.KeptBlocks;
import org.s3ds.node.pins.Pins;
import org.s3ds.node.repo.Repo;
import org.s3ds.node.repo.RepoPlan;

/** An IPFS node without a network: the one door to an open repo, its blocks and its pins. */
public final class Node implements AutoCloseable {
    private static final Key PURGED = Key.raw("/local/dht-values-purged");

    private final Repo repo;
    private final Blockstore blocks;
    private final Pins pins;
    private @Nullable Mfs mfs;
    private @Nullable Names names;

    private Node(Repo repo, long cacheSize, Metrics metrics) {
        this.repo = repo;
        this.blocks = new Blockstore(repo.datastore(), HashPolicy.kubo()).caching(cacheSize, metrics);
        this.pins = new Pins(repo.datastore());
    }

    /**
     * Opens a node. No other process can open it until it is closed.
     *
     * @param path the repo's folder
     * @param types the kinds of store that its spec may name, beyond {@code mount}, {@code measure}, {@code log},
     *     {@code mem} and those of the plugins in its folder
     * @param metrics where counts go
     * @param environment the environment variables of the process
     * @throws org.s3ds.node.repo.RepoException when it is no repo, someone has it, or it is of another version
     */
    public static Node open(Path path, List<StoreType> types, Metrics metrics, Map<String, String> environment)
            throws IOException {
        Repo repo = Repo.open(path, types, metrics, environment);
        try {
            return new Node(repo, BlockCacheSize.of(repo.config()), metrics);
        } catch (IOException e) {
            try (repo) {
                throw e;
            }
        }
    }

    /**
     * Makes the repo of a new node, with the empty directory as its one block, pinned, and as the root of its files;
     * leaves it closed. On failure nothing stays behind in the folder; the empty directory's block may stay in a store
     * elsewhere, where others may have it too.
     *
     * @param path the folder; made when it is not there, its parent must be
     * @throws org.s3ds.node.repo.RepoException when there is a repo already, or the folder holds parts of another
     */
    public static void init(
            Path path, RepoPlan plan, List<StoreType> types, Metrics metrics, Map<String, String> environment)
            throws IOException {
        Repo.init(path, plan, types, metrics, environment, Node::sow);
    }

    /** The open repo. */
    public Repo repo() {
        return repo;
    }

    /** The blocks. */
    public Blockstore blocks() {
        return blocks;
    }

    /** The pins. */
    public Pins pins() {
        return pins;
    }

    /**
     * The files. All who ask get the same.
     *
     * @throws IOException when the {@code Import} section of the config is not what it should be
     */
    public synchronized Mfs mfs() throws IOException {
        if (mfs == null) {
            mfs = new Mfs(blocks, files(), MfsOptions.of(ImportConfig.of(repo.config()), InstantSource.system()));
        }
        return mfs;
    }

    /** The root of the files. */
    public FilesRoot files() {
        return new FilesRoot(repo.datastore());
    }

    /** What pins and the root of the files keep. */
    public KeptBlocks kept() {
        return new KeptBlocks(blocks, pins, files());
    }

    /** The keys. */
    public Keystore keys() {
        return new Keystore(repo);
    }

    /** What names stand for. All who ask get the same. */
    public synchronized Names names() {
        if (names == null) {
            names = new Names(repo.datastore(), keys(), InstantSource.system());
        }
        return names;
    }

    /** Closes the repo. Later calls do nothing. */
    @Override
    public void close() throws IOException {
        blocks.giveUpCache();
        repo.close();
    }

    /** Where nothing may be put, it must be there already. */
    private static void putOrFind(Block block, Blockstore blocks) throws IOException {
        try {
            blocks.put(block);
            blocks.sync();
        } catch (ReadOnlyException e) {
            if (!blocks.has(block.cid())) {
                throw new IOException(
                        "the empty directory, " + block.cid() + ", is not there, and every repo needs it: "
                                + e.getMessage(),
                        e);
            }
        }
    }

    private static void sow(Datastore store) throws IOException {
        Block empty = emptyDirectory();
        Blockstore blocks = new Blockstore(store, HashPolicy.kubo());
        putOrFind(empty, blocks);
        new Pins(store).addRecursive(empty.cid(), "");
        if (!store.has(FilesRoot.KEY)) { // left by an init that was cut short, or by a repo that lost its config
            new FilesRoot(store).set(empty.cid());
        }
        // without it Kubo lists every key of every store once, looking for old ones
        store.put(PURGED, new byte[] {1});
        store.sync(PURGED);
    }

    /** dag-pb with UnixFS data of type directory. */
    private static Block emptyDirectory() {
        return Block.hash(CidFormat.V0, new byte[] {0x0a, 0x02, 0x08, 0x01});
    }
}
