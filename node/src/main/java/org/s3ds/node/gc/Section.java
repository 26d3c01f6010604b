package org.s3ds.node.gc;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The names of one length in a run: where they are, and of each page of about 4 KiB how its first name begins and its
 * checksum, so that a name is looked for in one page.
 */
final class Section {
    private static final int PAGE = 4096;

    private final RunFile file;
    private final long offset;
    private final int width;
    private final long names;
    private final long[] firsts;
    private final int[] checksums;

    /** The page that was read last, and its number. */
    private byte @Nullable [] page;

    private int pageRead = -1;

    /**
     * A section that was written.
     *
     * @param offset where in the file it begins
     * @param width bytes of a name
     * @param firsts what {@link #word} gives for the first name of each page
     * @param checksums of each page
     */
    Section(RunFile file, long offset, int width, long names, long[] firsts, int[] checksums) {
        this.file = file;
        this.offset = offset;
        this.width = width;
        this.names = names;
        this.firsts = firsts;
        this.checksums = checksums;
    }

    /** How many names of a length make a page. */
    static int namesPerPage(int width) {
        return PAGE / width;
    }

    /** The first eight bytes of a name, with zeros behind its end, as a number in the order of the bytes. */
    static long word(byte[] bytes, int from, int width) {
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << Byte.SIZE | (i < width ? bytes[from + i] & 0xff : 0);
        }
        return word ^ Long.MIN_VALUE;
    }

    int width() {
        return width;
    }

    int pages() {
        return firsts.length;
    }

    /** How many names a page has; the last one may have fewer. */
    int namesOf(int number) {
        return (int) Math.min(namesPerPage(width), names - (long) number * namesPerPage(width));
    }

    /** Whether the name in the first bytes is there. */
    boolean contains(byte[] name) throws IOException {
        long word = word(name, 0, width);
        int low = countBefore(word) - 1;
        int high = (word == Long.MAX_VALUE ? firsts.length : countBefore(word + 1)) - 1;
        // of the pages that begin like this name, and the one before them, the last that does not begin behind it
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (compare(page(middle), 0, name) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low >= 0 && isIn(low, name);
    }

    /** How many pages begin with less than these eight bytes. */
    private int countBefore(long word) {
        int from = 0;
        int to = firsts.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (firsts[middle] < word) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private boolean isIn(int number, byte[] name) throws IOException {
        byte[] bytes = page(number);
        int from = 0;
        int to = namesOf(number) - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            int order = compare(bytes, middle * width, name);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return false;
    }

    private int compare(byte[] bytes, int at, byte[] name) {
        return Arrays.compareUnsigned(bytes, at, at + width, name, 0, width);
    }

    private byte[] page(int number) throws IOException {
        if (page == null) {
            page = new byte[namesPerPage(width) * width];
        }
        if (number != pageRead) {
            pageRead = -1;
            read(number, page);
            pageRead = number;
        }
        return Objects.requireNonNull(page);
    }

    /** Reads a page into an array that is large enough. */
    void read(int number, byte[] target) throws IOException {
        long at = offset + (long) number * namesPerPage(width) * width;
        file.read(at, target, namesOf(number) * width, checksums[number]);
    }
}
