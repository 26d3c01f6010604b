package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.s3ds.ipld.Link;

/**
 * Writes a sharded directory. The entries come sorted by hash, so every shard is a run of them, and every slot a run
 * within.
 */
final class HamtWriter {
    private final List<EncodedLink> entries;
    private final int fanout;
    private final Metadata metadata;
    private final BlockWriter blocks;

    HamtWriter(List<EncodedLink> entriesByHash, int fanout, Metadata metadata, BlockWriter blocks) {
        this.entries = entriesByHash;
        this.fanout = fanout;
        this.metadata = metadata;
        this.blocks = blocks;
    }

    Link write() throws IOException {
        return writeAt(HashPath.root(fanout));
    }

    /** Writes a shard that is to stand below others. */
    Link writeAt(HashPath path) throws IOException {
        return shard(0, entries.size(), path, metadata);
    }

    private Link shard(int from, int to, HashPath path, Metadata shardMetadata) throws IOException {
        List<EncodedLink> links = new ArrayList<>();
        BitSet used = new BitSet(fanout);
        int at = from;
        while (at < to) {
            int slot = path.slotOf(entries.get(at).nameHash());
            int end = endOfSlot(at, to, path);
            used.set(slot);
            links.add(slot(slot, at, end, path));
            at = end;
        }
        return blocks.node(links, UnixfsNode.shard(SlotBits.toBytes(used), fanout, shardMetadata));
    }

    private int endOfSlot(int from, int to, HashPath path) {
        int slot = path.slotOf(entries.get(from).nameHash());
        int end = from + 1;
        while (end < to && path.slotOf(entries.get(end).nameHash()) == slot) {
            end++;
        }
        return end;
    }

    private EncodedLink slot(int slot, int from, int to, HashPath path) throws IOException {
        String label = HamtShard.label(slot, fanout);
        if (to - from == 1) {
            return entries.get(from).labelled(label);
        }
        Link child = shard(from, to, path.below(slot), Metadata.NONE);
        return EncodedLink.of(child.withName(label));
    }
}
