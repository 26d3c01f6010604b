package org.s3ds.ipld;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Text as UTF-8 has it. */
final class Utf8 {
    private static final int REPLACEMENT = 0xFFFD;

    private Utf8() {}

    /** The text that a stretch of bytes spells; empty when it is not UTF-8. */
    static Optional<String> decode(byte[] source, int start, int end) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(source, start, end - start))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Whether a text has half a character, which UTF-8 cannot write. */
    static boolean hasHalfCharacter(String text) {
        return !text.isEmpty() && text.codePoints().anyMatch(Utf8::isHalf); // most links have no name
    }

    /** The code point, or what stands for a character that is none. */
    static int orReplacement(int point) {
        return isHalf(point) ? REPLACEMENT : point;
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
