package org.s3ds.ipld;

import java.nio.charset.StandardCharsets;

/** Reads the pieces of JSON one after the other; every failure says at which byte. */
final class JsonReader {
    /** What {@link #next} answers at the end. */
    static final int END = -1;

    private static final int FIRST_PRINTED = 0x20;

    private final byte[] source;
    private final boolean loose;
    private int at;

    /** @param loose whether what is no text in a string is replaced, as Kubo does, and not refused */
    JsonReader(byte[] source, boolean loose) {
        this.source = source;
        this.loose = loose;
    }

    /** Moves behind the next byte that is no white space, and answers it; {@link #END} when there is none. */
    int next() {
        while (at < source.length) {
            byte next = source[at++];
            if (next != ' ' && next != '\t' && next != '\r' && next != '\n') {
                return next & 0xFF;
            }
        }
        return END;
    }

    /** The next byte, which is not passed; {@link #END} when there is none. */
    int peek() {
        return at < source.length ? source[at] & 0xFF : END;
    }

    /** Whether the next byte that is no white space is this one, which is passed then. */
    boolean passesNext(char expected) {
        int next = next();
        if (next != expected && next != END) {
            at--;
        }
        return next == expected;
    }

    /** Whether the next byte is this one, which is passed then. */
    boolean passes(char expected) {
        boolean is = peek() == expected;
        at += is ? 1 : 0;
        return is;
    }

    /** Passes over so many bytes, or what there is of them. */
    void skip(int count) {
        at = Math.min(source.length, at + count);
    }

    /** Whether what Kubo reads is read. */
    boolean isLoose() {
        return loose;
    }

    /** Where the next byte is. */
    int offset() {
        return at;
    }

    /** The bytes from an offset to here, which are ASCII. */
    String ascii(int from) {
        return new String(source, from, at - from, StandardCharsets.ISO_8859_1);
    }

    /** The string whose opening quote was passed. */
    String text() throws FormatException {
        int start = at - 1;
        StringBuilder text = new StringBuilder();
        int from = at;
        for (int next = peek(); next != '"'; next = peek()) {
            if (next == END) {
                throw failure("a string without an end", start);
            }
            if (next < FIRST_PRINTED) {
                throw failure("a control character in a string", at);
            }
            if (next == '\\') {
                text.append(raw(from));
                at++;
                text.append(escaped());
                from = at;
            } else {
                at++;
            }
        }
        String all = text.append(raw(from)).toString();
        at++;
        return whole(all, start);
    }

    /** The text of the bytes from an offset to here. */
    private String raw(int from) throws FormatException {
        if (loose) {
            return new String(source, from, at - from, StandardCharsets.UTF_8);
        }
        return Utf8.decode(source, from, at).orElseThrow(() -> failure("a string that is not UTF-8", from));
    }

    private char escaped() throws FormatException {
        int escape = peek();
        at++;
        return switch (escape) {
            case '"', '\\', '/' -> (char) escape;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit();
            default -> throw failure("an escape that JSON does not have", at - 2);
        };
    }

    private char unit() throws FormatException {
        int start = at - 2;
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw failure("an escape without four hexadecimal digits", start);
            }
            unit = (unit << 4) | digit;
            at++;
        }
        return (char) unit;
    }

    private String whole(String text, int start) throws FormatException {
        if (!Utf8.hasHalfCharacter(text)) {
            return text;
        }
        if (!loose) {
            throw failure("a string with half a character", start);
        }
        StringBuilder whole = new StringBuilder();
        text.codePoints().map(Utf8::orReplacement).forEach(whole::appendCodePoint);
        return whole.toString();
    }

    /** What is wrong, and at which byte. */
    FormatException failure(String problem, int offset) {
        return new FormatException("invalid dag-json: " + problem + ", at byte " + offset);
    }

    /** The failure of a byte that was passed last, or of an end that was met. */
    FormatException unexpected(int next, String due) {
        if (next == END) {
            return failure("the bytes end where " + due + " is due", at);
        }
        String found = next > FIRST_PRINTED && next < 0x7F
                ? "'" + (char) next + "'"
                : "the byte 0x" + Integer.toHexString(next);
        return failure(found + " where " + due + " is due", at - 1);
    }
}
