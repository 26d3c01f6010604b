package org.s3ds.ipld.unixfs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;

/**
 * One shard of a directory, checked against itself and its place: the labels are those of the used slots, in sequence,
 * and every entry's name belongs there by its hash. So a shard cannot stand in two places, and no walk through shards
 * takes more steps than the entries it finds account for.
 *
 * @param path where it stands
 * @param slots the used ones, in sequence
 */
record HamtShard(HashPath path, List<Slot> slots) {
    private static final int MIN_FANOUT = 8;
    private static final int MAX_FANOUT = 1024;
    private static final HexFormat LABELS = HexFormat.of().withUpperCase();

    /** A used slot. */
    sealed interface Slot {
        int index();
    }

    /** A slot with one entry; its link has its own name again. */
    record EntrySlot(int index, Link entry) implements Slot {}

    /** A slot whose entries are in a shard below, at this path; the size is that of all blocks at and below it. */
    record ChildSlot(int index, Cid shard, long size, HashPath path) implements Slot {}

    /** The shard at the top of a directory. */
    static HamtShard root(UnixfsBlock block) throws FormatException {
        return read(block, HashPath.root(fanout(block)));
    }

    /** A shard that another one names. */
    static HamtShard below(HashPath path, UnixfsBlock block) throws FormatException {
        if (block.node().type() != UnixfsNode.Type.HAMT_SHARD) {
            throw error(block, "is not one, but a shard names it as one");
        }
        if (fanout(block) != path.fanout()) {
            throw error(block, "has another fanout than the one above it, which has " + path.fanout());
        }
        if (block.links().isEmpty()) {
            throw error(block, "is empty, which only the topmost may be");
        }
        return read(block, path);
    }

    /** What is in the slot of a name. */
    Optional<Slot> slotOf(String name) {
        int index = indexOf(name);
        return slots.stream().filter(slot -> slot.index() == index).findFirst();
    }

    /** The slot where a name belongs. */
    int indexOf(String name) {
        return path.slotOf(hash(name));
    }

    /** The slots, in sequence, with one of them filled anew or emptied. */
    List<Slot> with(int index, Optional<Slot> content) {
        return Stream.concat(slots.stream().filter(slot -> slot.index() != index), content.stream())
                .sorted(Comparator.comparingInt(Slot::index))
                .toList();
    }

    static boolean isFanout(long fanout) {
        return fanout >= MIN_FANOUT && fanout <= MAX_FANOUT && Long.bitCount(fanout) == 1;
    }

    /** How the links of a slot begin: its number in upper-case hex, as wide as the largest needs. */
    static String label(int slot, int fanout) {
        int widest = (Integer.numberOfTrailingZeros(fanout) + 3) / 4;
        return LABELS.toHexDigits(slot, widest);
    }

    private static long hash(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return Murmur3.hash64(bytes, 0, bytes.length);
    }

    private static int fanout(UnixfsBlock block) throws FormatException {
        if (block.node().hashType().orElse(0) != UnixfsNode.MURMUR3) {
            throw new FormatException("only murmur3 supported as hash function");
        }
        long fanout = block.node().fanout().orElse(0);
        if (!isFanout(fanout)) {
            throw error(
                    block, "has a fanout of " + Long.toUnsignedString(fanout) + ", not a power of two from 8 to 1024");
        }
        return (int) fanout;
    }

    private static HamtShard read(UnixfsBlock block, HashPath path) throws FormatException {
        BitSet used = SlotBits.read(block.node().data().orElseGet(() -> ByteBuffer.allocate(0)));
        if (used.length() > path.fanout() || used.cardinality() != block.links().size()) {
            throw error(
                    block,
                    "has " + block.links().size() + " links, but " + used.cardinality() + " of its slots are in use");
        }
        List<Slot> slots = new ArrayList<>(block.links().size());
        int index = -1;
        for (Link link : block.links()) {
            index = used.nextSetBit(index + 1);
            slots.add(slot(block, path, index, link));
        }
        return new HamtShard(path, List.copyOf(slots));
    }

    private static Slot slot(UnixfsBlock block, HashPath path, int index, Link link) throws FormatException {
        String label = label(index, path.fanout());
        if (!link.name().startsWith(label)) {
            throw error(block, "has a link \"" + link.name() + "\" in slot " + label);
        }
        if (link.name().length() == label.length()) {
            return new ChildSlot(index, link.cid(), link.size(), path.below(index));
        }
        String name = link.name().substring(label.length());
        if (!path.leadsTo(index, hash(name))) {
            throw error(block, "has an entry \"" + name + "\" in slot " + label + ", where its hash does not lead");
        }
        return new EntrySlot(index, link.withName(name));
    }

    private static FormatException error(UnixfsBlock block, String what) {
        return new FormatException("directory shard " + block.cid() + " " + what);
    }
}
