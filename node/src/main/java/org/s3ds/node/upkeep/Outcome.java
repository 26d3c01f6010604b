package org.s3ds.node.upkeep;

import java.io.IOException;
import java.util.OptionalLong;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.node.blocks.BlockLimit;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.CorruptBlockException;
import org.s3ds.node.blocks.RefusedHashException;

/** What came of looking at a block. */
sealed interface Outcome {
    /**
     * Its bytes are those of its hash.
     *
     * @param size how many there are
     */
    record Good(long size) implements Outcome {}

    /** It was not read: the checksum that the store keeps of it is that of its hash. */
    record Proved() implements Outcome {}

    /** It was not read, and the store keeps no checksum of it. */
    record Unproved() implements Outcome {}

    /** It was deleted since it was listed. */
    record Gone() implements Outcome {}

    /**
     * Its bytes are not those of its hash, twice, or so many that they were not read.
     *
     * @param size how many there are
     */
    record Corrupt(long size) implements Outcome {
        /** @param right how many there should be, if that is known */
        BadBlock of(Cid cid, OptionalLong right) {
            BadBlock bad = size > BlockLimit.READ
                    ? BadBlock.of(
                            cid,
                            BadBlock.Kind.CORRUPT,
                            "what is in storage is larger than any block: " + size + " bytes")
                    : BadBlock.corrupt(cid);
            return right.orElse(size) == size ? bad : bad.truncated(size, right.getAsLong());
        }
    }

    /** Its hash is none that can be told to be right. */
    record Unchecked(IOException reason) implements Outcome {
        BadBlock of(Cid cid) {
            return BadBlock.of(cid, BadBlock.Kind.UNCHECKED, String.valueOf(reason.getMessage()));
        }
    }

    /** It could not be read, which says nothing about it. */
    record Failed(IOException reason) implements Outcome {
        BadBlock of(Cid cid) {
            return BadBlock.of(cid, BadBlock.Kind.UNREADABLE, String.valueOf(reason.getMessage()));
        }
    }

    /** Gives what came of looking at a block, or says why nothing did. */
    @FunctionalInterface
    interface Answer {
        Outcome get() throws IOException;
    }

    /** Whether the store answered, and nothing is wrong with the block as far as that tells. */
    default boolean isFine() {
        return switch (this) {
            case Good _, Proved _, Unproved _ -> true;
            case Gone _, Corrupt _, Unchecked _, Failed _ -> false;
        };
    }

    /** How many bytes were in memory for it. */
    default long held() {
        return this instanceof Good good ? good.size : 0;
    }

    /** Reads a block and hashes it. */
    static Outcome of(Blockstore blocks, Cid cid) {
        return of(() -> new Good(blocks.get(cid).size()));
    }

    /** The same, but what is too large for a block is not read. */
    static Outcome ofSized(Blockstore blocks, Cid cid) {
        return of(() -> new Good(blocks.get(cid, blocks.size(cid).orElse(0)).size()));
    }

    /** What came of it, be it an exception. */
    static Outcome of(Answer answer) {
        try {
            return answer.get();
        } catch (MissingBlockException e) {
            return new Gone();
        } catch (CorruptBlockException e) {
            return new Corrupt(e.size());
        } catch (RefusedHashException | FormatException e) {
            return new Unchecked(e);
        } catch (IOException e) {
            return new Failed(e);
        }
    }
}
