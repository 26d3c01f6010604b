package org.s3ds.node.pins;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.s3ds.ipld.FormatException;

/** Reads the CBOR of pin records: definite lengths only, nothing allocated beyond what the input holds. */
final class CborReader {
    private static final int DEEPEST = 32;

    private final ByteBuffer in;

    CborReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    long map() throws FormatException {
        return head(CborWriter.MAP, "a map");
    }

    long unsigned() throws FormatException {
        return head(CborWriter.UNSIGNED, "a number");
    }

    byte[] bytes() throws FormatException {
        return take(head(CborWriter.BYTES, "bytes"));
    }

    String text() throws FormatException {
        byte[] utf8 = take(head(CborWriter.TEXT, "a text"));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FormatException("a text before byte " + in.position() + " of a pin record is not UTF-8", e);
        }
    }

    /** Reads over one item, whatever it is. */
    void skip() throws FormatException {
        skip(0);
    }

    void end() throws FormatException {
        if (in.hasRemaining()) {
            throw new FormatException("a pin record goes on after its end, at byte " + in.position());
        }
    }

    private void skip(int depth) throws FormatException {
        if (depth > DEEPEST) {
            throw new FormatException("a pin record is nested more than " + DEEPEST + " deep");
        }
        int first = next();
        long value = value(first);
        switch (first >>> 5) {
            case 2, 3 -> take(value);
            case 4 -> skipMany(value, depth);
            case 5 -> {
                skipMany(value, depth);
                skipMany(value, depth);
            }
            case 6 -> skip(depth + 1);
            default -> {} // numbers, true, false, null, floats: the value was all
        }
    }

    private void skipMany(long count, int depth) throws FormatException {
        for (long left = count; left > 0; left--) { // ends with the input at the latest
            skip(depth + 1);
        }
    }

    private long head(int major, String what) throws FormatException {
        int at = in.position();
        int first = next();
        if (first >>> 5 != major) {
            throw new FormatException("byte " + at + " of a pin record does not begin " + what);
        }
        return value(first);
    }

    private long value(int first) throws FormatException {
        int info = first & 0x1f;
        if (info < 24) {
            return info;
        }
        if (info > 27) {
            throw new FormatException("byte " + (in.position() - 1) + " of a pin record has no definite length");
        }
        long value = 0;
        for (int left = 1 << (info - 24); left > 0; left--) {
            value = value << 8 | next();
        }
        if (value < 0 && first >>> 5 != 7) {
            throw new FormatException("a number before byte " + in.position() + " of a pin record is too large");
        }
        return value;
    }

    private byte[] take(long length) throws FormatException {
        if (length > in.remaining()) {
            throw new FormatException("a pin record ends early: " + length + " bytes wanted at byte " + in.position()
                    + ", " + in.remaining() + " left");
        }
        byte[] taken = new byte[(int) length];
        in.get(taken);
        return taken;
    }

    private int next() throws FormatException {
        if (!in.hasRemaining()) {
            throw new FormatException("a pin record ends early, at byte " + in.position());
        }
        return in.get() & 0xff;
    }
}
