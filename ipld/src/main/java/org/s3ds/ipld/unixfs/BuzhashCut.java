package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** The buzhash chunker's cuts: a hash over the last 32 bytes, by a word for each value of a byte. */
final class BuzhashCut implements CutPoint {
    static final int MAX = 512 << 10;

    private static final int MIN = 128 << 10;
    private static final int WINDOW = 32;
    private static final int MASK = (1 << 17) - 1;
    private static final int[] WORDS = readWords();

    @Override
    public int find(byte[] buffer, int available) {
        if (available < MIN) {
            return available;
        }
        int hash = 0;
        for (int i = MIN - WINDOW; i < MIN; i++) {
            hash = Integer.rotateLeft(hash, 1) ^ word(buffer[i]);
        }
        int start = MIN - WINDOW;
        // a byte's word has come round to where it was when 32 others have followed it: one XOR takes it out
        while (start < available - WINDOW && (hash & MASK) != 0) {
            hash = Integer.rotateLeft(hash, 1) ^ word(buffer[start]) ^ word(buffer[start + WINDOW]);
            start++;
        }
        return start + WINDOW;
    }

    private static int word(byte b) {
        return WORDS[b & 0xff];
    }

    private static int[] readWords() {
        try (InputStream in = BuzhashCut.class.getResourceAsStream("buzhash.txt")) {
            if (in == null) {
                throw new IllegalStateException("buzhash.txt is missing beside " + BuzhashCut.class.getName());
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return Stream.of(text.strip().split("\\s+"))
                    .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
