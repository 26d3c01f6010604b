package org.s3ds.node.gc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.s3ds.datastore.Datastore;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.ipld.unixfs.Chunking;
import org.s3ds.ipld.unixfs.DirectoryOptions;
import org.s3ds.ipld.unixfs.ImportOptions;
import org.s3ds.ipld.unixfs.Layout;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.blocks.BlockKeys;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.HashPolicy;
import org.s3ds.node.blocks.ListedBlock;
import org.s3ds.node.blocks.Scope;
import org.s3ds.node.pins.BlockRemoval;
import org.s3ds.node.pins.FilesRoot;
import org.s3ds.node.pins.KeptBlocks;
import org.s3ds.node.pins.PinList;
import org.s3ds.node.pins.PinMode;
import org.s3ds.node.pins.PinRecord;
import org.s3ds.node.pins.Pinner;
import org.s3ds.node.pins.Pins;
import org.s3ds.node.unixfs.AddListener;
import org.s3ds.node.unixfs.AddOptions;
import org.s3ds.node.unixfs.Added;
import org.s3ds.node.unixfs.Adder;
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.node.unixfs.MetadataRule;

/** A node's blocks and pins as its commands use them, with files of a few bytes that have blocks in common. */
final class BusyNode {
    private static final CidFormat FORMAT = new CidFormat(1, Multicodec.DAG_PB, HashFunction.SHA2_256);
    private static final int CHUNK = 4;

    private final Datastore store;
    private final Path folder;
    private final Blockstore blocks;
    private final Pins pins;

    BusyNode(Datastore store, Path folder) {
        this.store = store;
        this.folder = folder;
        this.blocks = new Blockstore(store, HashPolicy.kubo());
        this.pins = new Pins(store);
    }

    /** A file, in chunks of 4 bytes and nodes of two links, so that few bytes make a tree; its root is pinned. */
    Cid add(String content, boolean pin) throws IOException {
        ImportOptions files =
                new ImportOptions(FORMAT, true, new Chunking.Fixed(CHUNK), Layout.BALANCED, 2, OptionalInt.empty());
        AddOptions options = new AddOptions(
                files, DirectoryOptions.defaults(FORMAT), MetadataRule.NONE, false, true, false, pin, "");
        return new Adder(blocks, pins, options)
                .add(List.of(file(content)), new Silent())
                .roots()
                .getFirst()
                .cid();
    }

    void pin(Cid root) throws IOException {
        new Pinner(blocks, pins).pinRecursive(root, "", (count, bytes) -> {});
    }

    void pinDirect(Cid cid) throws IOException {
        new Pinner(blocks, pins).pinDirect(cid, "");
    }

    void update(Cid from, Cid to, boolean unpin) throws IOException {
        new Pinner(blocks, pins).update(from, to, unpin);
    }

    void unpin(Cid root) throws IOException {
        pins.remove(root, true);
    }

    /** As {@code block put} does. */
    void put(Block block, boolean pin) throws IOException {
        try (Scope scope = blocks.protect()) {
            scope.blocks().put(block);
            blocks.sync();
            if (pin) {
                new Pinner(scope.blocks(), pins).pinStored(block.cid());
            }
        }
    }

    Block get(Cid cid) throws IOException {
        return blocks.get(cid);
    }

    /** As {@code block rm} does. */
    void remove(Cid cid) throws IOException {
        KeptBlocks kept = new KeptBlocks(blocks, pins, new FilesRoot(store));
        new BlockRemoval(blocks, kept).remove(List.of(cid), false, (each, refusal) -> {});
    }

    Collected collect() throws IOException {
        GarbageCollector collector = new GarbageCollector(store, blocks, pins, folder, InstantSource.system());
        return collector.collect(
                new GarbageCollector.Options(false, false, false, Optional.empty()), new SilentCollection());
    }

    List<PinRecord> pinned() throws IOException {
        List<PinRecord> pinned = new ArrayList<>();
        for (PinMode mode : PinMode.values()) {
            try (PinList list = pins.list(mode, false)) {
                for (Optional<PinRecord> pin = list.next(); pin.isPresent(); pin = list.next()) {
                    pinned.add(pin.get());
                }
            }
        }
        return pinned;
    }

    /** The multihashes of a pin's blocks, each of which is read and hashed. */
    Set<Multihash> keptBy(PinRecord pin) throws IOException {
        Set<Multihash> kept = new HashSet<>();
        read(pin.cid(), pin.mode() == PinMode.RECURSIVE, kept);
        return kept;
    }

    private void read(Cid cid, boolean below, Set<Multihash> kept) throws IOException {
        kept.add(cid.hash());
        Block block = blocks.get(cid);
        if (below) {
            for (Link link : BlockLinks.of(block)) {
                read(link.cid(), true, kept);
            }
        }
    }

    Set<Multihash> stored() throws IOException {
        Set<Multihash> stored = new HashSet<>();
        try (BlockKeys keys = blocks.multihashes()) {
            for (Optional<ListedBlock> key = keys.next(); key.isPresent(); key = keys.next()) {
                stored.add(key.get().hash());
            }
        }
        return stored;
    }

    private static InputNode.File file(String content) {
        return new InputNode.File() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public OptionalLong size() {
                return OptionalLong.of(content.length());
            }

            @Override
            public String name() {
                return "file";
            }

            @Override
            public Metadata metadata() {
                return Metadata.NONE;
            }
        };
    }

    private static final class Silent implements AddListener {
        @Override
        public void added(Added added) {}

        @Override
        public void read(String name, long more, long total) {}
    }

    private static final class SilentCollection implements GarbageCollector.Listener {
        @Override
        public void marked(long kept, long read, long bytes) {}

        @Override
        public void listed(long blocks) {}

        @Override
        public void removed(ListedBlock block) {}

        @Override
        public void notRemoved(Multihash hash, IOException failure) {
            throw new UncheckedIOException(failure);
        }

        @Override
        public void notice(String notice) {}
    }
}
