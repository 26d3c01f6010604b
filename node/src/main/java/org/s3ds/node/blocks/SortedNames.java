package org.s3ds.node.blocks;

import java.util.Arrays;

/**
 * The names of a {@link NameSet} in order. Four bytes of each name and where it is make a number; the numbers are
 * sorted, and those with the same four bytes once more by the next four. That takes no worse than names of one length
 * that all begin alike.
 */
final class SortedNames implements NameCursor {
    private static final int STEP = Integer.BYTES;

    private final NameSet names;
    private final long[] order;
    private int at = -1;

    SortedNames(NameSet names) {
        this.names = names;
        this.order = new long[names.size()];
        sort();
    }

    @Override
    public boolean next() {
        return ++at < order.length;
    }

    @Override
    public byte[] bytes() {
        return names.page((int) order[at]);
    }

    @Override
    public int offset() {
        return NameSet.offset((int) order[at]);
    }

    @Override
    public int length() {
        return names.length((int) order[at]);
    }

    private void sort() {
        int[] filled = {0};
        names.forEachPlace(place -> order[filled[0]++] = number(names.length(place), place));
        Arrays.sort(order);
        forEachTie(0, order.length, (from, to) -> sort(from, to, names.length((int) order[from]), 0));
    }

    /** Sorts names that are of one length and alike up to a byte. */
    private void sort(int from, int to, int length, int alike) {
        for (int i = from; i < to; i++) {
            int place = (int) order[i];
            order[i] = number(word(place, length, alike), place);
        }
        Arrays.sort(order, from, to);
        if (alike + STEP < length) {
            forEachTie(from, to, (first, end) -> sort(first, end, length, alike + STEP));
        }
    }

    /** Four bytes of a name, with zeros behind its end. */
    private int word(int place, int length, int from) {
        byte[] page = names.page(place);
        int begin = NameSet.offset(place);
        int word = 0;
        for (int i = from; i < from + STEP; i++) {
            word = word << Byte.SIZE | (i < length ? page[begin + i] & 0xff : 0);
        }
        return word;
    }

    /** In the order of the words without sign; in the lower half where the name is. */
    private static long number(int word, int place) {
        return (long) (word ^ Integer.MIN_VALUE) << Integer.SIZE | Integer.toUnsignedLong(place);
    }

    @FunctionalInterface
    private interface Tie {
        void names(int from, int to);
    }

    private void forEachTie(int from, int to, Tie tie) {
        int first = from;
        for (int i = from + 1; i <= to; i++) {
            if (i == to || (int) (order[i] >> Integer.SIZE) != (int) (order[first] >> Integer.SIZE)) {
                if (i - first > 1) {
                    tie.names(first, i);
                }
                first = i;
            }
        }
    }
}
