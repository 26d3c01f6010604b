package org.s3ds.node.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Things that were found, of which there should be none.
 *
 * @param count how many
 * @param first the first few of them, in words
 */
public record Found(long count, List<String> first) {
    private static final int KEPT = 10;

    /** None. */
    public static final Found NONE = new Found(0, List.of());

    /** Copies the list. */
    public Found {
        first = List.copyOf(first);
    }

    /** These and others. */
    Found plus(Found others) {
        List<String> all =
                Stream.concat(first.stream(), others.first.stream()).limit(KEPT).toList();
        return new Found(count + others.count, all);
    }

    /** One more. */
    Found and(String another) {
        if (first.size() == KEPT) {
            return new Found(count + 1, first);
        }
        List<String> more = new ArrayList<>(first);
        more.add(another);
        return new Found(count + 1, more);
    }
}
