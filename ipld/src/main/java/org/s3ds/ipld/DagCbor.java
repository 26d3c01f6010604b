package org.s3ds.ipld;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The codec dag-cbor, in its one spelling: numbers and lengths as short as they can be, keys of maps by their length,
 * then by their bytes, floats of 64 bits, links as tag 42. What is decoded and encoded again are the same bytes. Kubo
 * reads more than this; its links are read by {@link BlockLinks}.
 */
public final class DagCbor {
    private static final int FALSE = 20;
    private static final int TRUE = 21;
    private static final int NULL = 22;
    private static final int FLOAT = 27;

    /** How many items a list or map makes room for before they are there. */
    private static final int ROOM = 64;

    private static final Comparator<byte[]> KEYS =
            Comparator.<byte[]>comparingInt(key -> key.length).thenComparing(Arrays::compareUnsigned);

    private DagCbor() {}

    /**
     * What a block says.
     *
     * @throws FormatException when it is not dag-cbor, or not spelt as {@link #encode} spells it; says at which byte
     */
    public static Data decode(byte[] block) throws FormatException {
        CborReader in = new CborReader(block);
        Data data = next(in, 0);
        in.requireEnd();
        return data;
    }

    private static Data next(CborReader in, int depth) throws FormatException {
        head(in);
        return switch (in.kind()) {
            case CborReader.UNSIGNED -> new Data.Int(in.argument(), false);
            case CborReader.NEGATIVE -> negative(in);
            case CborReader.BYTES -> Data.Bytes.of(in.bytes());
            case CborReader.TEXT -> new Data.Text(in.text());
            case CborReader.LIST -> list(in, deeper(in, depth));
            case CborReader.MAP -> map(in, deeper(in, depth));
            case CborReader.TAG -> link(in);
            default -> simple(in);
        };
    }

    private static void head(CborReader in) throws FormatException {
        in.next();
        if (in.info() == CborReader.INDEFINITE && in.kind() != CborReader.SIMPLE) {
            throw in.failure("an item whose length is not told");
        }
        if (in.kind() != CborReader.SIMPLE && in.isLong()) {
            throw in.failure("a number or length that is spelt longer than it must be");
        }
    }

    private static int deeper(CborReader in, int depth) throws FormatException {
        if (depth >= Data.MAX_DEPTH) {
            throw in.failure("more than " + Data.MAX_DEPTH + " lists and maps in one another");
        }
        return depth + 1;
    }

    private static Data negative(CborReader in) throws FormatException {
        if (in.argument() < 0) {
            throw in.failure("a number below -2^63");
        }
        return new Data.Int(~in.argument(), true);
    }

    private static Data list(CborReader in, int depth) throws FormatException {
        int count = in.count(1);
        List<Data> items = new ArrayList<>(Math.min(count, ROOM));
        for (int i = 0; i < count; i++) {
            items.add(next(in, depth));
        }
        return new Data.ListOf(items);
    }

    private static Data map(CborReader in, int depth) throws FormatException {
        int count = in.count(2);
        SortedMap<String, Data> entries = new TreeMap<>(Link.NAMES);
        int lastFrom = 0;
        int lastTo = 0;
        for (int i = 0; i < count; i++) {
            head(in);
            if (in.kind() != CborReader.TEXT) {
                throw in.failure("a map's key that is not text");
            }
            int headTo = in.offset();
            String key = in.text();
            if (i > 0) {
                requireOrder(in, key, in.compare(lastFrom, lastTo, headTo, in.offset()));
            }
            lastFrom = headTo;
            lastTo = in.offset();
            entries.put(key, next(in, depth));
        }
        return new Data.MapOf(entries);
    }

    private static void requireOrder(CborReader in, String key, int order) throws FormatException {
        if (order == 0) {
            throw in.failure("the key \"" + key + "\" a second time");
        }
        if (order > 0) {
            throw in.failure("the key \"" + key + "\" behind one that is longer, or later in the order of bytes");
        }
    }

    private static Data link(CborReader in) throws FormatException {
        if (in.argument() != CborReader.LINK) {
            throw in.failure("the tag " + Long.toUnsignedString(in.argument()) + "; only 42, of links, is allowed");
        }
        head(in);
        if (in.kind() != CborReader.BYTES) {
            throw in.failure("a link that is not bytes");
        }
        return new Data.LinkTo(in.link(in.bytes()));
    }

    private static Data simple(CborReader in) throws FormatException {
        return switch (in.info()) {
            case FALSE -> new Data.Bool(false);
            case TRUE -> new Data.Bool(true);
            case NULL -> Data.Null.NULL;
            case FLOAT -> real(in);
            case FLOAT - 2, FLOAT - 1 -> throw in.failure("a float of fewer than 64 bits");
            default -> throw in.failure("a simple value that is neither false, true nor null");
        };
    }

    private static Data real(CborReader in) throws FormatException {
        double value = Double.longBitsToDouble(in.argument());
        if (!Double.isFinite(value)) {
            throw in.failure("the float " + value);
        }
        return new Data.Real(value);
    }

    /**
     * The block that says this.
     *
     * @throws IllegalArgumentException when it is nested deeper than {@link Data#MAX_DEPTH}
     */
    public static byte[] encode(Data data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, data, 0);
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, Data data, int depth) {
        switch (data) {
            case Data.Null() -> out.write(CborReader.SIMPLE << 5 | NULL);
            case Data.Bool(boolean value) -> out.write(CborReader.SIMPLE << 5 | (value ? TRUE : FALSE));
            case Data.Int(long bits, boolean negative) ->
                head(out, negative ? CborReader.NEGATIVE : CborReader.UNSIGNED, negative ? ~bits : bits);
            case Data.Real(double value) -> {
                out.write(CborReader.SIMPLE << 5 | FLOAT);
                number(out, Double.doubleToRawLongBits(value), Long.BYTES);
            }
            case Data.Text(String value) -> text(out, value.getBytes(StandardCharsets.UTF_8));
            case Data.Bytes bytes -> {
                head(out, CborReader.BYTES, bytes.value().length);
                out.writeBytes(bytes.value());
            }
            case Data.ListOf(List<Data> items) -> {
                head(out, CborReader.LIST, items.size());
                items.forEach(item -> write(out, item, deeper(depth)));
            }
            case Data.MapOf(SortedMap<String, Data> entries) -> write(out, entries, deeper(depth));
            case Data.LinkTo(Cid cid) -> {
                head(out, CborReader.TAG, CborReader.LINK);
                head(out, CborReader.BYTES, cid.byteLength() + 1);
                out.write(0);
                out.writeBytes(cid.toBytes());
            }
        }
    }

    private static int deeper(int depth) {
        if (depth >= Data.MAX_DEPTH) {
            throw new IllegalArgumentException("more than " + Data.MAX_DEPTH + " lists and maps in one another");
        }
        return depth + 1;
    }

    private static void write(ByteArrayOutputStream out, SortedMap<String, Data> entries, int depth) {
        SortedMap<byte[], Data> byKey = new TreeMap<>(KEYS);
        entries.forEach((key, value) -> byKey.put(key.getBytes(StandardCharsets.UTF_8), value));
        head(out, CborReader.MAP, byKey.size());
        byKey.forEach((key, value) -> {
            text(out, key);
            write(out, value, depth);
        });
    }

    private static void text(ByteArrayOutputStream out, byte[] utf8) {
        head(out, CborReader.TEXT, utf8.length);
        out.writeBytes(utf8);
    }

    private static void head(ByteArrayOutputStream out, int kind, long argument) {
        int length = Long.SIZE - Long.numberOfLeadingZeros(argument);
        if (Long.compareUnsigned(argument, 24) < 0) {
            out.write(kind << 5 | (int) argument);
            return;
        }
        int power = length <= 8 ? 0 : length <= 16 ? 1 : length <= 32 ? 2 : 3;
        out.write(kind << 5 | 24 + power);
        number(out, argument, 1 << power);
    }

    private static void number(ByteArrayOutputStream out, long number, int bytes) {
        byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        out.write(all, Long.BYTES - bytes, bytes);
    }
}
