package org.s3ds.ipld;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The codec dag-cbor, in its one spelling: numbers and lengths as short as they can be, keys of maps by their length,
 * then by their bytes, floats of 64 bits, links as tag 42. What is decoded and encoded again are the same bytes. Kubo
 * reads more than this; its links are read by {@link BlockLinks}.
 */
public final class DagCbor {
    private static final Comparator<byte[]> KEYS =
            Comparator.<byte[]>comparingInt(key -> key.length).thenComparing(Arrays::compareUnsigned);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Deque<Parts> open = new ArrayDeque<>();

    private DagCbor() {}

    /**
     * What a block says.
     *
     * @throws FormatException when it is not dag-cbor, or not spelt as {@link #encode} spells it; says at which byte
     */
    public static Data decode(byte[] block) throws FormatException {
        return CborDecoder.decode(block);
    }

    /**
     * The block that says this.
     *
     * @throws IllegalArgumentException when it is nested deeper than {@link Data#MAX_DEPTH}
     */
    public static byte[] encode(Data data) {
        DagCbor writer = new DagCbor();
        writer.write(data);
        while (!writer.open.isEmpty()) {
            writer.writeNext(writer.open.getLast());
        }
        return writer.out.toByteArray();
    }

    /** What is to come of a list or map. */
    private sealed interface Parts {
        record Items(Iterator<Data> left) implements Parts {}

        record Entries(Iterator<Map.Entry<byte[], Data>> left) implements Parts {}
    }

    private void writeNext(Parts parts) {
        switch (parts) {
            case Parts.Items(Iterator<Data> left) when left.hasNext() -> write(left.next());
            case Parts.Entries(Iterator<Map.Entry<byte[], Data>> left)
            when left.hasNext() -> {
                Map.Entry<byte[], Data> entry = left.next();
                string(CborReader.TEXT, entry.getKey());
                write(entry.getValue());
            }
            case Parts.Items ended -> open.removeLast();
            case Parts.Entries ended -> open.removeLast();
        }
    }

    private void write(Data data) {
        switch (data) {
            case Data.Null() -> head(CborReader.SIMPLE, CborReader.NULL);
            case Data.Bool(boolean value) -> head(CborReader.SIMPLE, value ? CborReader.TRUE : CborReader.FALSE);
            case Data.Int(long bits, boolean negative) ->
                head(negative ? CborReader.NEGATIVE : CborReader.UNSIGNED, negative ? ~bits : bits);
            case Data.Real(double value) -> {
                out.write((CborReader.SIMPLE << 5) | CborReader.FLOAT64);
                number(Double.doubleToRawLongBits(value), Long.BYTES);
            }
            case Data.Text(String value) -> string(CborReader.TEXT, value.getBytes(StandardCharsets.UTF_8));
            case Data.Bytes bytes -> string(CborReader.BYTES, bytes.value());
            case Data.ListOf(List<Data> items) ->
                begin(CborReader.LIST, items.size(), new Parts.Items(items.iterator()));
            case Data.MapOf(SortedMap<String, Data> entries) -> begin(CborReader.MAP, entries.size(), sorted(entries));
            case Data.LinkTo(Cid cid) -> {
                head(CborReader.TAG, CborReader.LINK);
                head(CborReader.BYTES, cid.byteLength() + 1);
                out.write(0);
                out.writeBytes(cid.toBytes());
            }
        }
    }

    private void begin(int kind, int size, Parts parts) {
        if (open.size() >= Data.MAX_DEPTH) {
            throw new IllegalArgumentException(Data.TOO_DEEP);
        }
        head(kind, size);
        open.addLast(parts);
    }

    private static Parts sorted(SortedMap<String, Data> entries) {
        SortedMap<byte[], Data> sorted = new TreeMap<>(KEYS);
        entries.forEach((key, value) -> sorted.put(key.getBytes(StandardCharsets.UTF_8), value));
        return new Parts.Entries(sorted.entrySet().iterator());
    }

    private void string(int kind, byte[] bytes) {
        head(kind, bytes.length);
        out.writeBytes(bytes);
    }

    private void head(int kind, long argument) {
        if (Long.compareUnsigned(argument, 24) < 0) {
            out.write((kind << 5) | (int) argument);
            return;
        }
        int bits = Long.SIZE - Long.numberOfLeadingZeros(argument);
        int power = bits <= 8 ? 0 : bits <= 16 ? 1 : bits <= 32 ? 2 : 3;
        out.write((kind << 5) | (24 + power));
        number(argument, 1 << power);
    }

    private void number(long number, int bytes) {
        byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        out.write(all, Long.BYTES - bytes, bytes);
    }
}
