package org.s3ds.node.upkeep;

import java.io.IOException;
import java.util.OptionalLong;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.CorruptBlockException;
import org.s3ds.node.blocks.RefusedHashException;

/** What came of reading a block. */
sealed interface Outcome {
    /** Its bytes are those of its hash. */
    record Good() implements Outcome {}

    /** It was deleted since it was listed. */
    record Gone() implements Outcome {}

    /**
     * Its bytes are not those of its hash, twice.
     *
     * @param size how many there are
     */
    record Corrupt(long size) implements Outcome {
        /** @param right how many there should be, if that is known */
        BadBlock of(Cid cid, OptionalLong right) {
            BadBlock bad =
                    BadBlock.of(cid, BadBlock.Kind.CORRUPT, "block in storage has different hash than requested");
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

    /** Gives a block that was read and hashed, or says why there is none. */
    @FunctionalInterface
    interface Reading {
        Block block() throws IOException;
    }

    /** Reads a block and hashes it. */
    static Outcome of(Blockstore blocks, Cid cid) {
        return of(() -> blocks.get(cid));
    }

    /** What came of a reading. */
    static Outcome of(Reading reading) {
        try {
            reading.block();
            return new Good();
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
