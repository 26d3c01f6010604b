package org.s3ds.node.blocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A set of names, which are short byte strings, that only grows, in about 45 bytes for one of 34: a {@code HashSet}
 * takes 150, which an add of a few million blocks would feel. For one thread at a time.
 *
 * <p>Names lie one behind the other in pages, each with its length in front, at multiples of 4 bytes; an open hash
 * table holds where, in units of 4 bytes, plus 1.
 */
public final class NameSet {
    /** The longest name, in bytes: keys of S3 are of at most so many characters, so no block's name is longer. */
    public static final int LONGEST = 1024;

    private static final int UNIT_BITS = 2;
    private static final int PAGE_BITS = 18;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int HEADER = 2;

    private final NameHash hashes;
    private final List<byte[]> pages = new ArrayList<>();
    private int pagesInUse;
    private int free = PAGE;
    private int[] table = new int[256];
    private int size;

    /** The empty set. */
    public NameSet(NameHash hashes) {
        this.hashes = hashes;
    }

    /**
     * Whether a name is in it.
     *
     * @param name in the first {@code length} bytes
     * @param hash that of the name
     */
    public boolean contains(byte[] name, int length, long hash) {
        return table[slot(name, length, hash)] != 0;
    }

    /**
     * Adds a name, which is copied.
     *
     * @param name in the first {@code length} bytes, at most {@link #LONGEST}
     * @param hash that of the name
     * @return whether it was not there before
     */
    public boolean add(byte[] name, int length, long hash) {
        int slot = slot(name, length, hash);
        if (table[slot] != 0) {
            return false;
        }
        table[slot] = append(name, length) + 1;
        if (++size > table.length / 2) {
            grow();
        }
        return true;
    }

    /** How many names. */
    public int size() {
        return size;
    }

    /** How many bytes of memory it takes, and to sort it. */
    public long memory() {
        return (long) (pagesInUse - 1) * PAGE + free + (long) table.length * Integer.BYTES + (long) size * Long.BYTES;
    }

    /** The names, the shorter first, those of one length in the order of their bytes. Not while any are added. */
    public NameCursor sorted() {
        return new SortedNames(this);
    }

    /** Removes all names; the memory is kept for others. */
    public void clear() {
        pagesInUse = 0;
        free = PAGE;
        size = 0;
        Arrays.fill(table, 0);
    }

    /** Is told where names are. */
    @FunctionalInterface
    interface PlaceSink {
        void place(int place);
    }

    void forEachPlace(PlaceSink sink) {
        for (int page = 0; page < pagesInUse; page++) {
            byte[] bytes = pages.get(page);
            int end = page == pagesInUse - 1 ? free : PAGE;
            int at = 0;
            while (at <= end - HEADER && length(bytes, at) > 0) {
                sink.place((page << (PAGE_BITS - UNIT_BITS)) | (at >> UNIT_BITS));
                at += stride(length(bytes, at));
            }
        }
    }

    byte[] page(int place) {
        return pages.get(place >>> (PAGE_BITS - UNIT_BITS));
    }

    /** Where in its page the name at a place begins. */
    static int offset(int place) {
        return ((place << UNIT_BITS) & (PAGE - 1)) + HEADER;
    }

    int length(int place) {
        return length(page(place), offset(place) - HEADER);
    }

    private static int length(byte[] page, int at) {
        return (page[at] & 0xff) << Byte.SIZE | (page[at + 1] & 0xff);
    }

    private static int stride(int length) {
        return (HEADER + length + 3) & ~3;
    }

    /** Where a name is, or would be. */
    private int slot(byte[] name, int length, long hash) {
        int slot = (int) hash & (table.length - 1);
        while (table[slot] != 0 && !isAt(table[slot] - 1, name, length)) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    private boolean isAt(int place, byte[] name, int length) {
        byte[] page = page(place);
        int begin = offset(place);
        return length(page, begin - HEADER) == length && Arrays.equals(page, begin, begin + length, name, 0, length);
    }

    private int append(byte[] name, int length) {
        if (length < 1 || length > LONGEST) {
            throw new IllegalArgumentException("no block has a name of " + length + " bytes");
        }
        if (free + stride(length) > PAGE) {
            turnPage();
        }
        byte[] page = pages.get(pagesInUse - 1);
        int place = ((pagesInUse - 1) << (PAGE_BITS - UNIT_BITS)) | (free >> UNIT_BITS);
        page[free] = (byte) (length >> Byte.SIZE);
        page[free + 1] = (byte) length;
        System.arraycopy(name, 0, page, free + HEADER, length);
        free += stride(length);
        return place;
    }

    private void turnPage() {
        if (pagesInUse > 0 && free < PAGE) {
            Arrays.fill(pages.get(pagesInUse - 1), free, PAGE, (byte) 0); // a length of 0 ends the page
        }
        if (++pagesInUse > pages.size()) {
            pages.add(new byte[PAGE]);
        }
        free = 0;
    }

    private void grow() {
        table = new int[table.length * 2];
        forEachPlace(place -> {
            int slot = (int) hashes.of(page(place), offset(place), length(place)) & (table.length - 1);
            while (table[slot] != 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = place + 1;
        });
    }
}
