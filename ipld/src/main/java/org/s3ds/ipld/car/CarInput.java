package org.s3ds.ipld.car;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Varint;

/** The bytes of a CAR, counted, and perhaps bounded: sections, each behind its length. */
final class CarInput {
    private static final int END = -1;

    private final InputStream source;

    /** The first byte that is not to be read; the largest number where only the stream ends it. */
    private final long end;

    private long offset;

    /** All that the stream has. */
    CarInput(InputStream source) {
        this(source, 0, Long.MAX_VALUE);
    }

    private CarInput(InputStream source, long offset, long end) {
        this.source = source;
        this.offset = offset;
        this.end = end;
    }

    /** How many bytes of the stream were read. */
    long offset() {
        return offset;
    }

    /** The next so many bytes alone, from the same stream. */
    CarInput part(long length) {
        return new CarInput(source, offset, offset + length);
    }

    /**
     * The next section.
     *
     * @param most the bytes that one may have
     * @return empty at the end
     * @throws FormatException when the bytes end within it, it is empty or larger
     */
    Optional<byte[]> section(String what, int most) throws IOException {
        long start = offset;
        int first = read();
        if (first == END) {
            return Optional.empty();
        }
        long length = length(first, what, start);
        if (length == 0) {
            throw new FormatException("%s without a byte, at byte %d".formatted(what, start));
        }
        if (length > most) {
            throw new FormatException(
                    "invalid section data, length of read beyond allowable maximum: %s of %d bytes is announced at byte %d, and at most %d are read"
                            .formatted(what, length, start, most));
        }
        return Optional.of(bytes((int) length, what, start));
    }

    private long length(int first, String what, long start) throws IOException {
        byte[] varint = new byte[Varint.MAX_BYTES];
        varint[0] = (byte) first;
        int count = 1;
        while (varint[count - 1] < 0 && count < varint.length) {
            int next = read();
            if (next == END) {
                throw cut(what, start);
            }
            varint[count++] = (byte) next;
        }
        try {
            return Varint.read(varint, 0);
        } catch (FormatException e) {
            throw new FormatException("the length of %s at byte %d: %s".formatted(what, start, e.getMessage()), e);
        }
    }

    /** So many bytes. */
    byte[] bytes(int length, String what, long start) throws IOException {
        if (length > end - offset) {
            throw new FormatException("%s at byte %d, of %d bytes, is longer than what is left of the payload, %d bytes"
                    .formatted(what, start, length, end - offset));
        }
        byte[] bytes = new byte[length];
        int count = source.readNBytes(bytes, 0, length);
        offset += count;
        if (count < length) {
            throw cut(what, start);
        }
        return bytes;
    }

    /** Passes over bytes. */
    void skip(long count, String what) throws IOException {
        long start = offset;
        for (long left = count; left > 0; ) {
            long skipped = source.skip(left);
            if (skipped == 0 && read() == END) {
                throw cut(what, start);
            }
            left -= Math.max(skipped, 1);
            offset += skipped;
        }
    }

    /** The next byte; {@link #END} where the bytes end as they should. */
    private int read() throws IOException {
        if (offset == end) {
            return END;
        }
        int next = source.read();
        if (next == END && end != Long.MAX_VALUE) {
            throw cut("the payload", offset);
        }
        offset += next == END ? 0 : 1;
        return next;
    }

    private FormatException cut(String what, long start) {
        return new FormatException(
                "unexpected EOF: the CAR ends within %s at byte %d, after %d bytes".formatted(what, start, offset));
    }
}
