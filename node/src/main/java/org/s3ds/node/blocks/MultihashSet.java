package org.s3ds.node.blocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.s3ds.ipld.Multihash;

/**
 * A set of multihashes that only grows, in about 45 bytes for one of sha2-256: a {@code HashSet} takes 150, which an
 * add of a few million blocks would feel. For one thread at a time.
 *
 * <p>Multihashes lie one behind the other in pages, each with its length in front, at multiples of 4 bytes; an open
 * hash table holds where, in units of 4 bytes, plus 1.
 */
final class MultihashSet {
    private static final int UNIT_BITS = 2;
    private static final int PAGE_BITS = 20;
    private static final int PAGE = 1 << PAGE_BITS;

    private final List<byte[]> pages = new ArrayList<>();
    private int free = PAGE;
    private int[] table = new int[256];
    private int size;

    boolean contains(Multihash hash) {
        return table[slot(hash.toBytes())] != 0;
    }

    /** Whether it was not there before. */
    boolean add(Multihash hash) {
        byte[] bytes = hash.toBytes();
        int slot = slot(bytes);
        if (table[slot] != 0) {
            return false;
        }
        table[slot] = append(bytes) + 1;
        if (++size > table.length / 2) {
            grow();
        }
        return true;
    }

    /** Where these bytes are, or would be. */
    private int slot(byte[] bytes) {
        int slot = spread(Arrays.hashCode(bytes));
        while (table[slot] != 0 && !isAt(table[slot] - 1, bytes)) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    private int spread(int hash) {
        return (hash ^ (hash >>> 16)) & (table.length - 1);
    }

    private boolean isAt(int place, byte[] bytes) {
        byte[] page = page(place);
        int begin = offset(place) + 1;
        int end = begin + length(place);
        return Arrays.equals(page, begin, end, bytes, 0, bytes.length);
    }

    private int append(byte[] bytes) {
        if (bytes.length > 255) {
            throw new IllegalArgumentException("no multihash of a block is of " + bytes.length + " bytes");
        }
        if (free + 1 + bytes.length > PAGE) {
            pages.add(new byte[PAGE]);
            free = 0;
        }
        byte[] page = pages.getLast();
        int place = ((pages.size() - 1) << (PAGE_BITS - UNIT_BITS)) | (free >> UNIT_BITS);
        page[free] = (byte) bytes.length;
        System.arraycopy(bytes, 0, page, free + 1, bytes.length);
        free = (free + bytes.length + 4) & ~3;
        return place;
    }

    private void grow() {
        int[] old = table;
        table = new int[old.length * 2];
        for (int entry : old) {
            if (entry != 0) {
                int place = entry - 1;
                int begin = offset(place) + 1;
                table[slot(Arrays.copyOfRange(page(place), begin, begin + length(place)))] = entry;
            }
        }
    }

    private byte[] page(int place) {
        return pages.get(place >>> (PAGE_BITS - UNIT_BITS));
    }

    private static int offset(int place) {
        return (place << UNIT_BITS) & (PAGE - 1);
    }

    private int length(int place) {
        return page(place)[offset(place)] & 0xff;
    }
}
