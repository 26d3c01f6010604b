package org.s3ds.node.transfer;

import java.io.IOException;
import java.util.OptionalLong;
import org.s3ds.datastore.Key;

/**
 * How two places differ, by the names and sizes of their blocks.
 *
 * @param same blocks that both have, with one size
 * @param first blocks that the first alone has
 * @param second blocks that the second alone has
 * @param sizes blocks that both have, with different sizes
 */
public record Comparison(long same, long first, long second, long sizes) {
    /**
     * A block that is not the same in both.
     *
     * @param first its size in the first; empty when it is not there
     * @param second its size in the second
     */
    public record Difference(Key key, OptionalLong first, OptionalLong second) {}

    /** Is told of differences, in the order of keys. */
    @FunctionalInterface
    public interface Differences {
        /** There is one. */
        void found(Difference difference) throws IOException;
    }

    /** Compares what is known of two places. */
    public static Comparison of(Known first, Known second, Differences differences) throws IOException {
        try (Known.Cursor left = first.all();
                Known.Cursor right = second.all()) {
            return new Merge(left, right, differences).run();
        }
    }

    /** Whether both are the same. */
    public boolean isSame() {
        return first == 0 && second == 0 && sizes == 0;
    }

    /** Goes through both in step. */
    private static final class Merge {
        private final Known.Cursor left;
        private final Known.Cursor right;
        private final Differences differences;
        private long same;
        private long first;
        private long second;
        private long sizes;

        Merge(Known.Cursor left, Known.Cursor right, Differences differences) {
            this.left = left;
            this.right = right;
            this.differences = differences;
        }

        Comparison run() throws IOException {
            boolean hasLeft = left.next();
            boolean hasRight = right.next();
            while (hasLeft || hasRight) {
                int order = order(hasLeft, hasRight);
                look(order);
                hasLeft = order > 0 ? hasLeft : left.next();
                hasRight = order < 0 ? hasRight : right.next();
            }
            return new Comparison(same, first, second, sizes);
        }

        /** Negative when the left one comes first, 0 when both are of one key. */
        private int order(boolean hasLeft, boolean hasRight) {
            if (hasLeft && hasRight) {
                return Key.BYTE_ORDER.compare(left.key(), right.key());
            }
            return hasLeft ? -1 : 1;
        }

        private void look(int order) throws IOException {
            if (order < 0) {
                first++;
                differences.found(new Difference(left.key(), OptionalLong.of(left.size()), OptionalLong.empty()));
            } else if (order > 0) {
                second++;
                differences.found(new Difference(right.key(), OptionalLong.empty(), OptionalLong.of(right.size())));
            } else if (left.size() == right.size()) {
                same++;
            } else {
                sizes++;
                differences.found(
                        new Difference(left.key(), OptionalLong.of(left.size()), OptionalLong.of(right.size())));
            }
        }
    }
}
