package org.s3ds.node.gc;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.ListedBlock;

/**
 * Which of the blocks that are listed go, and why the others stay. Decides about each by itself, and does nothing: a
 * part of a listing may be judged anywhere.
 *
 * @param marks what roots keep
 * @param inUse what must stay for now, as someone put it or relied on it since the roots were looked at
 * @param putBefore only blocks that were last put before this go; empty when their age does not count
 */
public record SweepPlan(Lookup marks, Predicate<Multihash> inUse, Optional<Instant> putBefore) {
    /** What becomes of a block. */
    public enum Verdict {
        /** It goes. */
        GOES,
        /** It stays, as a root keeps it. */
        KEPT,
        /** It stays for now, as it is in use. */
        IN_USE,
        /** It stays for now, as it was put not long ago. */
        YOUNG
    }

    /** A set that may lie on a disk. */
    @FunctionalInterface
    public interface Lookup {
        /** Whether a block is in it. */
        boolean contains(Multihash hash) throws IOException;
    }

    /**
     * When blocks must have been put to be old enough. What a store tells of a time may be up to two seconds off.
     *
     * @param age how old they must be
     */
    public static Instant before(Instant now, Duration age) {
        return now.minus(age).minusSeconds(2);
    }

    /**
     * The verdict on a block.
     *
     * @throws IOException when it cannot be told: not even the block's age is to be guessed
     */
    public Verdict of(ListedBlock block) throws IOException {
        boolean young = putBefore.isPresent() && !modified(block).isBefore(putBefore.get());
        if (marks.contains(block.hash())) {
            return Verdict.KEPT;
        }
        if (inUse.test(block.hash())) {
            return Verdict.IN_USE;
        }
        return young ? Verdict.YOUNG : Verdict.GOES;
    }

    private static Instant modified(ListedBlock block) throws IOException {
        return block.modified()
                .orElseThrow(() -> new IOException("the store of the blocks does not tell when they were put, so none"
                        + " can be kept for its age (--min-age)"));
    }
}
