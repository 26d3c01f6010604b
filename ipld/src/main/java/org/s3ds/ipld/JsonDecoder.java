package org.s3ds.ipld;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the one value of a dag-json block. What is nested is kept in a list, not on the stack. */
final class JsonDecoder {
    private final JsonReader in;
    private final Deque<Open> open = new ArrayDeque<>();

    private final boolean links;

    private JsonDecoder(byte[] block, boolean links) {
        this.in = new JsonReader(block, false);
        this.links = links;
    }

    /** @param links whether maps of the reserved forms are links and bytes */
    static Data decode(byte[] block, boolean links) throws FormatException {
        JsonDecoder decoder = new JsonDecoder(block, links);
        Data data = decoder.value();
        int next = decoder.in.next();
        if (next != JsonReader.END) {
            throw decoder.in.unexpected(next, "the end");
        }
        return data;
    }

    /** A list or map that has begun. */
    private static final class Open {
        private final boolean isMap;
        private final int start;
        private final List<Data> items = new ArrayList<>(0);
        private final SortedMap<String, Data> entries = new TreeMap<>(Link.NAMES);
        private String key = "";

        Open(boolean isMap, int start) {
            this.isMap = isMap;
            this.start = start;
        }

        void add(Data value) {
            if (isMap) {
                entries.put(key, value);
            } else {
                items.add(value);
            }
        }
    }

    private Data value() throws FormatException {
        while (true) {
            Optional<Data> whole = item(in.next());
            while (whole.isPresent()) {
                if (open.isEmpty()) {
                    return whole.get();
                }
                open.getLast().add(whole.get());
                whole = goesOn() ? Optional.empty() : Optional.of(end(open.removeLast()));
            }
            if (open.getLast().isMap) {
                key(open.getLast());
            }
        }
    }

    /** The value that begins with the byte passed last; empty when it is a list or map, now open. */
    private Optional<Data> item(int first) throws FormatException {
        return switch (first) {
            case '"' -> Optional.of(new Data.Text(in.text()));
            case '{' -> begin(true, '}', Data.MapOf.EMPTY);
            case '[' -> begin(false, ']', Data.ListOf.EMPTY);
            case 'n' -> word("null", Data.Null.NULL);
            case 't' -> word("true", new Data.Bool(true));
            case 'f' -> word("false", new Data.Bool(false));
            default -> Optional.of(JsonNumber.read(in, first));
        };
    }

    private Optional<Data> begin(boolean isMap, char end, Data empty) throws FormatException {
        int start = in.offset() - 1;
        if (open.size() >= Data.MAX_DEPTH) {
            throw in.failure(Data.TOO_DEEP, start);
        }
        if (in.passesNext(end)) {
            return Optional.of(empty);
        }
        open.addLast(new Open(isMap, start));
        return Optional.empty();
    }

    private Optional<Data> word(String word, Data value) throws FormatException {
        int start = in.offset() - 1;
        in.skip(word.length() - 1);
        if (!in.ascii(start).equals(word)) {
            throw in.failure("a word that is neither null, true nor false", start);
        }
        return Optional.of(value);
    }

    /** Reads the comma or the end that is due. */
    private boolean goesOn() throws FormatException {
        char end = open.getLast().isMap ? '}' : ']';
        int next = in.next();
        if (next != ',' && next != end) {
            throw in.unexpected(next, "a comma or '" + end + "'");
        }
        return next == ',';
    }

    private void key(Open map) throws FormatException {
        int first = in.next();
        int start = in.offset() - 1;
        if (first != '"') {
            throw in.unexpected(first, "a key");
        }
        map.key = in.text();
        if (map.entries.containsKey(map.key)) {
            throw in.failure("the key \"" + map.key + "\" a second time", start);
        }
        int colon = in.next();
        if (colon != ':') {
            throw in.unexpected(colon, "a colon");
        }
    }

    private Data end(Open ended) throws FormatException {
        if (!ended.isMap) {
            return new Data.ListOf(ended.items);
        }
        Data.MapOf map = new Data.MapOf(ended.entries);
        return links && DagJson.isReserved(map) ? special(map, ended.start) : map;
    }

    private Data special(Data.MapOf map, int start) throws FormatException {
        Data inner = DagJson.firstOf(map, DagJson.SLASH);
        if (map.entries().size() == 1 && inner instanceof Data.Text(String text)) {
            return new Data.LinkTo(cid(text, start));
        }
        if (map.entries().size() == 1
                && inner instanceof Data.MapOf bytes
                && bytes.entries().size() == 1
                && DagJson.firstOf(bytes, DagJson.BYTES) instanceof Data.Text(String base64)) {
            return Data.Bytes.of(bytes(base64, start));
        }
        throw in.failure("a map that begins with \"/\" as a link or bytes do, but is neither", start);
    }

    private Cid cid(String text, int start) throws FormatException {
        try {
            return Cid.parse(text);
        } catch (FormatException e) {
            throw in.failure("a link whose CID cannot be read (" + e.getMessage() + ")", start);
        }
    }

    private byte[] bytes(String base64, int start) throws FormatException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw in.failure("bytes that are not base64", start);
        }
    }
}
