package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Link;

/**
 * The shards of a directory on the way to one name, which are those that change with its entry. Each keeps the format
 * of its CID; a new one takes that of the shard above.
 */
final class ShardPath {
    /** A shard and the block that it was read from. */
    private record Step(UnixfsBlock block, HamtShard shard) {}

    private final String name;
    private final List<Step> steps;
    private final BlockSink sink;

    private ShardPath(String name, List<Step> steps, BlockSink sink) {
        this.name = name;
        this.steps = steps;
        this.sink = sink;
    }

    /** Reads the shards from the root to where the name is, or would be. */
    static ShardPath to(String name, UnixfsBlock root, BlockSource source, BlockSink sink) throws IOException {
        List<Step> steps = new ArrayList<>(List.of(new Step(root, HamtShard.root(root))));
        Optional<HamtShard.Slot> slot = steps.getLast().shard.slotOf(name);
        while (slot.isPresent() && slot.get() instanceof HamtShard.ChildSlot child) {
            UnixfsBlock block = UnixfsBlock.of(source.get(child.shard()));
            steps.add(new Step(block, HamtShard.below(child.path(), block)));
            slot = steps.getLast().shard.slotOf(name);
        }
        return new ShardPath(name, steps, sink);
    }

    /** The entry of the name; empty when there is none. */
    Optional<Link> entry() {
        return occupant().filter(link -> link.name().equals(name));
    }

    /** The root after the name has this entry. */
    Link put(Link entry) throws IOException {
        Step last = steps.getLast();
        int index = last.shard.indexOf(name);
        Optional<Link> other = occupant().filter(link -> !link.name().equals(name));
        HamtShard.Slot slot = other.isPresent()
                ? fork(last, index, List.of(entry, other.get()))
                : new HamtShard.EntrySlot(index, entry);
        return write(Optional.of(slot), false);
    }

    /** The root after the entry is gone; what is alone in a shard moves up. */
    Link remove() throws IOException {
        return write(Optional.empty(), true);
    }

    /** What is in the slot where the name belongs. */
    private Optional<Link> occupant() {
        return steps.getLast().shard.slotOf(name).flatMap(slot -> switch (slot) {
            case HamtShard.EntrySlot one -> Optional.of(one.entry());
            case HamtShard.ChildSlot _ -> Optional.empty();
        });
    }

    private HamtShard.Slot fork(Step above, int index, List<Link> entries) throws IOException {
        HashPath path = above.shard.path().below(index);
        List<EncodedLink> sorted = entries.stream()
                .map(EncodedLink::of)
                .sorted(EncodedLink.BY_HASH)
                .toList();
        Link shard = new HamtWriter(sorted, path.fanout(), Metadata.NONE, writer(above)).writeAt(path);
        return new HamtShard.ChildSlot(index, shard.cid(), shard.size(), path);
    }

    private Link write(Optional<HamtShard.Slot> change, boolean moveUp) throws IOException {
        Optional<HamtShard.Slot> content = change;
        for (int i = steps.size() - 1; i > 0; i--) {
            Step step = steps.get(i);
            int slotAbove = steps.get(i - 1).shard.indexOf(name);
            List<HamtShard.Slot> slots = step.shard.with(step.shard.indexOf(name), content);
            Optional<HamtShard.Slot> alone = moveUp ? movedUp(slots, slotAbove) : Optional.empty();
            boolean gone = slots.isEmpty() || alone.isPresent();
            content = gone ? alone : Optional.of(child(slots, step, slotAbove));
        }
        Step root = steps.getFirst();
        List<HamtShard.Slot> slots = root.shard.with(root.shard.indexOf(name), content);
        return shard(slots, root, root.block.node().metadata());
    }

    /** The one entry that is left of a shard, for the slot above. */
    private static Optional<HamtShard.Slot> movedUp(List<HamtShard.Slot> slots, int slotAbove) {
        return slots.size() == 1 && slots.getFirst() instanceof HamtShard.EntrySlot one
                ? Optional.of(new HamtShard.EntrySlot(slotAbove, one.entry()))
                : Optional.empty();
    }

    private HamtShard.Slot child(List<HamtShard.Slot> slots, Step step, int slotAbove) throws IOException {
        Link link = shard(slots, step, Metadata.NONE);
        return new HamtShard.ChildSlot(slotAbove, link.cid(), link.size(), step.shard.path());
    }

    private Link shard(List<HamtShard.Slot> slots, Step step, Metadata metadata) throws IOException {
        int fanout = step.shard.path().fanout();
        BitSet used = new BitSet(fanout);
        slots.forEach(slot -> used.set(slot.index()));
        Stream<EncodedLink> links = slots.stream().map(slot -> link(slot, HamtShard.label(slot.index(), fanout)));
        return writer(step).node(links.toList(), UnixfsNode.shard(SlotBits.toBytes(used), fanout, metadata));
    }

    private static EncodedLink link(HamtShard.Slot slot, String label) {
        return switch (slot) {
            case HamtShard.EntrySlot one -> EncodedLink.of(one.entry()).labelled(label);
            case HamtShard.ChildSlot child -> EncodedLink.of(new Link(label, child.shard(), child.size()));
        };
    }

    private BlockWriter writer(Step step) throws IOException {
        return BlockWriter.like(step.block.cid(), sink);
    }
}
