package org.s3ds.ipld;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

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
    private static final String SLASH = "/";
    private static final String BYTES = "bytes";

    private DagJson() {}

    /**
     * What a block, or a text, says.
     *
     * @throws FormatException when it is not dag-json; says at which byte
     */
    public static Data decode(byte[] block) throws FormatException {
        JsonReader in = new JsonReader(block, false);
        Data data = value(in, in.next(), 0);
        int next = in.next();
        if (next != JsonReader.END) {
            throw in.unexpected(next, "the end");
        }
        return data;
    }

    private static Data value(JsonReader in, int first, int depth) throws FormatException {
        return switch (first) {
            case '"' -> new Data.Text(in.text());
            case '{' -> map(in, deeper(in, depth));
            case '[' -> list(in, deeper(in, depth));
            case 'n' -> word(in, "null", Data.Null.NULL);
            case 't' -> word(in, "true", new Data.Bool(true));
            case 'f' -> word(in, "false", new Data.Bool(false));
            default -> JsonNumber.read(in, first);
        };
    }

    private static int deeper(JsonReader in, int depth) throws FormatException {
        if (depth >= Data.MAX_DEPTH) {
            throw in.failure("more than " + Data.MAX_DEPTH + " lists and maps in one another", in.offset() - 1);
        }
        return depth + 1;
    }

    private static Data word(JsonReader in, String word, Data value) throws FormatException {
        int start = in.offset() - 1;
        in.skip(word.length() - 1);
        if (!in.ascii(start).equals(word)) {
            throw in.failure("a word that is neither null, true nor false", start);
        }
        return value;
    }

    private static Data list(JsonReader in, int depth) throws FormatException {
        List<Data> items = new ArrayList<>();
        int next = in.next();
        if (next == ']') {
            return new Data.ListOf(List.of());
        }
        items.add(value(in, next, depth));
        while (goesOn(in, ']')) {
            items.add(value(in, in.next(), depth));
        }
        return new Data.ListOf(items);
    }

    /** Reads the comma or the end that is due. */
    private static boolean goesOn(JsonReader in, char end) throws FormatException {
        int next = in.next();
        if (next != ',' && next != end) {
            throw in.unexpected(next, "a comma or '" + end + "'");
        }
        return next == ',';
    }

    private static Data map(JsonReader in, int depth) throws FormatException {
        int start = in.offset() - 1;
        SortedMap<String, Data> entries = new TreeMap<>(Link.NAMES);
        int next = in.next();
        if (next != '}') {
            entry(in, next, entries, depth);
            while (goesOn(in, '}')) {
                entry(in, in.next(), entries, depth);
            }
        }
        Data.MapOf map = new Data.MapOf(entries);
        return isReserved(map) ? special(in, map, start) : map;
    }

    private static void entry(JsonReader in, int first, SortedMap<String, Data> entries, int depth)
            throws FormatException {
        int start = in.offset() - 1;
        if (first != '"') {
            throw in.unexpected(first, "a key");
        }
        String key = in.text();
        int colon = in.next();
        if (colon != ':') {
            throw in.unexpected(colon, "a colon");
        }
        if (entries.put(key, value(in, in.next(), depth)) != null) {
            throw in.failure("the key \"" + key + "\" a second time", start);
        }
    }

    /** Whether a map begins as one that stands for a link or for bytes. */
    private static boolean isReserved(Data.MapOf map) {
        return switch (firstOf(map, SLASH)) {
            case Data.Text text -> true;
            case Data.MapOf inner -> firstOf(inner, BYTES) instanceof Data.Text;
            default -> false;
        };
    }

    /** The value of a map's first key, when the key is this one; else nothing. */
    private static Data firstOf(Data.MapOf map, String key) {
        SortedMap<String, Data> entries = map.entries();
        return !entries.isEmpty() && entries.firstKey().equals(key)
                ? entries.getOrDefault(key, Data.Null.NULL)
                : Data.Null.NULL;
    }

    private static Data special(JsonReader in, Data.MapOf map, int start) throws FormatException {
        Data inner = firstOf(map, SLASH);
        if (map.entries().size() == 1 && inner instanceof Data.Text(String text)) {
            return new Data.LinkTo(cid(in, text, start));
        }
        if (map.entries().size() == 1
                && inner instanceof Data.MapOf bytes
                && bytes.entries().size() == 1
                && firstOf(bytes, BYTES) instanceof Data.Text(String base64)) {
            return Data.Bytes.of(bytes(in, base64, start));
        }
        throw in.failure("a map that begins with \"/\" as a link or bytes do, but is neither", start);
    }

    private static Cid cid(JsonReader in, String text, int start) throws FormatException {
        try {
            return Cid.parse(text);
        } catch (FormatException e) {
            throw in.failure("a link whose CID cannot be read (" + e.getMessage() + ")", start);
        }
    }

    private static byte[] bytes(JsonReader in, String base64, int start) throws FormatException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw in.failure("bytes that are not base64", start);
        }
    }

    /**
     * The block that says this.
     *
     * @throws FormatException when dag-json cannot say it: a map of a reserved form, a whole number from 2^63 on, or
     *     lists and maps (a link counts as one, bytes as two) nested deeper than {@link Data#MAX_DEPTH}; says where
     */
    public static byte[] encode(Data data) throws FormatException {
        JsonWriter out = new JsonWriter();
        write(out, data);
        return out.done();
    }

    private static void write(JsonWriter out, Data data) throws FormatException {
        switch (data) {
            case Data.Null() -> out.word("null");
            case Data.Bool(boolean value) -> out.word(String.valueOf(value));
            case Data.Int number -> write(out, number);
            case Data.Real(double value) -> out.word(JsonNumber.write(value));
            case Data.Text(String value) -> out.text(value);
            case Data.Bytes bytes -> write(out, bytes);
            case Data.ListOf(List<Data> items) -> write(out, items);
            case Data.MapOf map -> write(out, map);
            case Data.LinkTo(Cid cid) -> {
                out.beginMap();
                out.key(SLASH);
                out.text(cid.toString());
                out.endMap();
            }
        }
    }

    private static void write(JsonWriter out, Data.Int number) throws FormatException {
        OptionalLong value = number.asLong();
        if (value.isEmpty()) {
            throw out.failure("a whole number from 2^63 on, " + number + ", which Kubo would not read");
        }
        out.word(number.toString());
    }

    private static void write(JsonWriter out, Data.Bytes bytes) throws FormatException {
        out.beginMap();
        out.key(SLASH);
        out.beginMap();
        out.key(BYTES);
        out.text(Base64.getEncoder().withoutPadding().encodeToString(bytes.value()));
        out.endMap();
        out.endMap();
    }

    private static void write(JsonWriter out, List<Data> items) throws FormatException {
        out.beginList();
        for (Data item : items) {
            out.item();
            write(out, item);
        }
        out.endList();
    }

    private static void write(JsonWriter out, Data.MapOf map) throws FormatException {
        if (isReserved(map)) {
            throw out.failure("a map that begins with \"/\" as a link or bytes do");
        }
        out.beginMap();
        for (var entry : map.entries().entrySet()) {
            out.key(entry.getKey());
            write(out, entry.getValue());
        }
        out.endMap();
    }
}
