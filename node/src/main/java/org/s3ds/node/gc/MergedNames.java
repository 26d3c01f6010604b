package org.s3ds.node.gc;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.s3ds.node.blocks.NameCursor;

/** The names of several cursors as one, in order: the shorter first, those of one length by their bytes. */
final class MergedNames implements NameCursor {
    /** Those with names left, from {@link #first} on, in the order of the names they stand at. */
    private final NameCursor[] sources;

    private int first;
    private boolean begun;

    /** @param sources each in order; no name is in two of them */
    MergedNames(List<? extends NameCursor> sources) {
        this.sources = sources.toArray(NameCursor[]::new);
    }

    @Override
    public boolean next() throws IOException {
        if (begun) {
            advance();
        } else {
            begun = true;
            first = sources.length;
            for (NameCursor source : sources.clone()) {
                begin(source);
            }
        }
        return first < sources.length;
    }

    private void begin(NameCursor source) throws IOException {
        if (source.next()) {
            sources[--first] = source;
            settle();
        }
    }

    private void advance() throws IOException {
        if (sources[first].next()) {
            settle();
        } else {
            first++;
        }
    }

    /** Puts the first source where it belongs among the others. */
    private void settle() {
        NameCursor moved = sources[first];
        int from = first;
        int to = sources.length - 1;
        while (from < to) { // it belongs behind all up to from, and before all beyond to
            int middle = (from + to + 1) >>> 1;
            if (compare(moved, sources[middle]) > 0) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        System.arraycopy(sources, first + 1, sources, first, from - first);
        sources[from] = moved;
    }

    private static int compare(NameCursor a, NameCursor b) {
        if (a.length() != b.length()) {
            return Integer.compare(a.length(), b.length());
        }
        int length = a.length();
        return Arrays.compareUnsigned(
                a.bytes(), a.offset(), a.offset() + length, b.bytes(), b.offset(), b.offset() + length);
    }

    @Override
    public byte[] bytes() {
        return sources[first].bytes();
    }

    @Override
    public int offset() {
        return sources[first].offset();
    }

    @Override
    public int length() {
        return sources[first].length();
    }
}
