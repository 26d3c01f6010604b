package org.s3ds.node.gc;

import java.util.List;

/**
 * A few blocks and their links. A block is a bit; a set of blocks is an int.
 *
 * @param names by the blocks' numbers
 * @param children by the blocks' numbers
 */
record ModelDag(List<String> names, List<Integer> children) {
    /** Two roots with a child in common. Lists have B first. */
    static final int B = 1;

    static final int A = 2;
    static final int SHARED = 4;
    static final int OF_A = 8;
    static final int OF_B = 16;
    static final int BELOW = 32;

    static final ModelDag FLAT =
            new ModelDag(List.of("B", "A", "shared", "ofA", "ofB"), List.of(SHARED | OF_B, SHARED | OF_A, 0, 0, 0));
    static final ModelDag DEEP = new ModelDag(
            List.of("B", "A", "shared", "ofA", "ofB", "below"), List.of(SHARED | OF_B, SHARED | OF_A, BELOW, 0, 0, 0));

    int size() {
        return names.size();
    }

    int all() {
        return (1 << size()) - 1;
    }

    /** Of one block. */
    int childrenOf(int block) {
        return children.get(Integer.numberOfTrailingZeros(block));
    }

    /** Some blocks and all that is below them. */
    int below(int blocks) {
        int all = blocks;
        for (int rest = blocks; rest != 0; rest &= rest - 1) {
            all |= below(childrenOf(Integer.lowestOneBit(rest)));
        }
        return all;
    }

    String text(int blocks) {
        StringBuilder text = new StringBuilder();
        for (int rest = blocks; rest != 0; rest &= rest - 1) {
            text.append(text.isEmpty() ? "" : ",").append(names.get(Integer.numberOfTrailingZeros(rest)));
        }
        return text.toString();
    }
}
