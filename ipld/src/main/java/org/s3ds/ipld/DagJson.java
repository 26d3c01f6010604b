package org.s3ds.ipld;

import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The codec dag-json: JSON in which a link is <code>{"/": "CID"}</code> and bytes are <code>{"/": {"bytes": "base64"}}
 * </code>. Other maps that begin like these are reserved, and refused by reading and writing.
 *
 * <p>Any JSON is read, with white space, keys in any order, base64 with padding; a key may not stand twice, and a whole
 * number must fit 64 bits with sign, as for Kubo. What is written has one spelling, Kubo's: no white space, keys by
 * their bytes, and a number without a fraction as a whole one, which is then read as such; but from 2^63 on it has an
 * exponent, as Kubo itself could not read it without.
 */
public final class DagJson {
    static final String SLASH = "/";
    static final String BYTES = "bytes";

    private final JsonWriter out;

    /** Without links and bytes, for people. */
    private final boolean plain;

    private final Deque<Parts> open = new ArrayDeque<>();

    private DagJson(boolean plain) {
        this.plain = plain;
        this.out = new JsonWriter(plain);
    }

    /**
     * What a block, or a text, says.
     *
     * @throws FormatException when it is not dag-json; says at which byte
     */
    public static Data decode(byte[] block) throws FormatException {
        return JsonDecoder.decode(block, true);
    }

    /**
     * The block that says this.
     *
     * @throws FormatException when dag-json cannot say it: a map of a reserved form, a whole number from 2^63 on, or
     *     lists and maps (a link counts as one, bytes as two) nested deeper than {@link Data#MAX_DEPTH}; says where
     */
    public static byte[] encode(Data data) throws FormatException {
        return write(new DagJson(false), data);
    }

    /** What JSON says in which nothing is a link or bytes. */
    static Data decodePlain(byte[] text) throws FormatException {
        return JsonDecoder.decode(text, false);
    }

    /** JSON with a line for each value; it has no links and bytes. */
    static byte[] encodePlain(Data data) throws FormatException {
        return write(new DagJson(true), data);
    }

    private static byte[] write(DagJson writer, Data data) throws FormatException {
        writer.write(data);
        while (!writer.open.isEmpty()) {
            writer.writeNext(writer.open.getLast());
        }
        return writer.out.done();
    }

    /** What is to come of a list or map. */
    private sealed interface Parts {
        record Items(Iterator<Data> left) implements Parts {}

        record Entries(Iterator<Map.Entry<String, Data>> left) implements Parts {}
    }

    private void writeNext(Parts parts) throws FormatException {
        switch (parts) {
            case Parts.Items(Iterator<Data> left)
            when left.hasNext() -> {
                out.item();
                write(left.next());
            }
            case Parts.Entries(Iterator<Map.Entry<String, Data>> left)
            when left.hasNext() -> {
                Map.Entry<String, Data> entry = left.next();
                out.key(entry.getKey());
                write(entry.getValue());
            }
            case Parts.Items ended -> {
                open.removeLast();
                out.endList();
            }
            case Parts.Entries ended -> {
                open.removeLast();
                out.endMap();
            }
        }
    }

    private void write(Data data) throws FormatException {
        switch (data) {
            case Data.Null() -> out.word("null");
            case Data.Bool(boolean value) -> out.word(String.valueOf(value));
            case Data.Int number -> write(number);
            case Data.Real(double value) -> out.word(JsonNumber.write(value));
            case Data.Text(String value) -> out.text(value);
            case Data.Bytes bytes -> write(bytes);
            case Data.ListOf(List<Data> items) -> {
                out.beginList();
                open.addLast(new Parts.Items(items.iterator()));
            }
            case Data.MapOf map -> write(map);
            case Data.LinkTo(Cid cid) -> {
                refuseIfPlain("links");
                out.beginMap();
                out.key(SLASH);
                out.text(cid.toString());
                out.endMap();
            }
        }
    }

    private void write(Data.Int number) throws FormatException {
        if (number.asLong().isEmpty()) {
            throw out.failure("a whole number from 2^63 on, " + number + ", which Kubo would not read");
        }
        out.word(number.toString());
    }

    private void refuseIfPlain(String what) throws FormatException {
        if (plain) {
            throw new FormatException("cannot marshal IPLD " + what + " to this codec");
        }
    }

    private void write(Data.Bytes bytes) throws FormatException {
        refuseIfPlain("bytes");
        out.beginMap();
        out.key(SLASH);
        out.beginMap();
        out.key(BYTES);
        out.text(Base64.getEncoder().withoutPadding().encodeToString(bytes.value()));
        out.endMap();
        out.endMap();
    }

    private void write(Data.MapOf map) throws FormatException {
        if (!plain && isReserved(map)) {
            throw out.failure("a map that begins with \"/\" as a link or bytes do");
        }
        out.beginMap();
        open.addLast(new Parts.Entries(map.entries().entrySet().iterator()));
    }

    /** Whether a map begins as one that stands for a link or for bytes. */
    static boolean isReserved(Data.MapOf map) {
        return switch (firstOf(map, SLASH)) {
            case Data.Text text -> true;
            case Data.MapOf inner -> firstOf(inner, BYTES) instanceof Data.Text;
            default -> false;
        };
    }

    /** The value of a map's first key, when the key is this one; else nothing. */
    static Data firstOf(Data.MapOf map, String key) {
        SortedMap<String, Data> entries = map.entries();
        return !entries.isEmpty() && entries.firstKey().equals(key)
                ? entries.getOrDefault(key, Data.Null.NULL)
                : Data.Null.NULL;
    }
}
