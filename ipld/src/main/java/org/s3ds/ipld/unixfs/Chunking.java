package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.s3ds.ipld.FormatException;

/** The rule by which content is cut into chunks. Its text, as in {@code add --chunker}, is its {@code toString}. */
public sealed interface Chunking {
    /** The largest chunk that may be asked for, in bytes: 2 MiB, less 256 for what a block holds around it. */
    int MAX_CHUNK = 2_096_896;

    /** Chunks of 256 KiB. */
    Chunking DEFAULT = new Fixed(262_144);

    /**
     * The rule that a text names: {@code size-N}, {@code rabin}, {@code rabin-AVG}, {@code rabin-MIN-AVG-MAX},
     * {@code buzhash}; {@code default} and the empty text name {@link #DEFAULT}.
     *
     * @throws FormatException when it names none, or its numbers are out of range
     */
    static Chunking parse(String text) throws FormatException {
        return ChunkingParser.parse(text);
    }

    /** The chunks of this content, which is read as they are asked for and not closed. */
    Chunker over(InputStream content);

    /**
     * Chunks of one size; the last may be shorter.
     *
     * @param size bytes, 1 to {@link #MAX_CHUNK}
     */
    record Fixed(int size) implements Chunking {
        /** Checks the size. */
        public Fixed {
            require(size >= 1 && size <= MAX_CHUNK, "a chunk is 1 to " + MAX_CHUNK + " bytes, not " + size);
        }

        @Override
        public Chunker over(InputStream content) {
            return () -> Optional.of(read(content)).filter(chunk -> chunk.length > 0);
        }

        /** What is at hand is read in one go into an array of its length; what was not foreseen costs a copy. */
        private byte[] read(InputStream content) throws IOException {
            byte[] chunk = new byte[Math.clamp(content.available(), 0, size)];
            int length = content.readNBytes(chunk, 0, chunk.length);
            byte[] more = length < chunk.length ? new byte[0] : content.readNBytes(size - length);
            if (length == chunk.length && more.length == 0) {
                return chunk;
            }
            byte[] whole = Arrays.copyOf(chunk, length + more.length);
            System.arraycopy(more, 0, whole, length, more.length);
            return whole;
        }

        @Override
        public String toString() {
            return "size-" + size;
        }
    }

    /**
     * Cuts where the Rabin fingerprint of the last 16 bytes ends in zero bits.
     *
     * @param min bytes in the smallest chunk, 16 or more
     * @param average bytes in a typical chunk, above {@code min}
     * @param max bytes in the largest chunk, above {@code average}, at most {@link #MAX_CHUNK}
     */
    record Rabin(int min, int average, int max) implements Chunking {
        /** Checks the order of the sizes. */
        public Rabin {
            require(
                    min >= RabinCut.WINDOW && min < average && average < max && max <= MAX_CHUNK,
                    "rabin sizes go up from 16 to " + MAX_CHUNK + ": " + min + ", " + average + ", " + max);
        }

        @Override
        public Chunker over(InputStream content) {
            return new ContentChunker(content, max, new RabinCut(min, average));
        }

        @Override
        public String toString() {
            return "rabin-" + min + "-" + average + "-" + max;
        }
    }

    /** Cuts where the buzhash of the last 32 bytes ends in 17 zero bits; chunks of 128 KiB to 512 KiB. */
    record Buzhash() implements Chunking {
        @Override
        public Chunker over(InputStream content) {
            return new ContentChunker(content, BuzhashCut.MAX, new BuzhashCut());
        }

        @Override
        public String toString() {
            return "buzhash";
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
