package org.s3ds.node.gc;

/** What a writer does, as users say it. */
sealed interface ModelDeed {
    /** Puts all blocks of a DAG, then pins it. */
    record Add(int root) implements ModelDeed {}

    /** The same, but it may be given up at any time; what is under way then may arrive later, or not. */
    record AddGivenUp(int root) implements ModelDeed {}

    /** Pins a DAG if all of it is there. */
    record Pin(int root) implements ModelDeed {}

    /** Pins another DAG in the place of one, and looks only at what the other has more. */
    record Update(int from, int to) implements ModelDeed {}

    /** Unpins, if it is pinned. */
    record Unpin(int root) implements ModelDeed {}

    /**
     * Refers to a DAG without a look at its blocks, where it can hold collections off; else as {@link Pin}. Changes of
     * the files do so.
     */
    record Refer(int root) implements ModelDeed {}

    /** Puts one block, which nothing keeps. */
    record Put(int block) implements ModelDeed {}
}
