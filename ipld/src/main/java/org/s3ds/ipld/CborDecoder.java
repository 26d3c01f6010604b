package org.s3ds.ipld;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the one value of a dag-cbor block in its one spelling. What is nested is kept in a list, not on the stack. */
final class CborDecoder {
    /** How many items a list makes room for before they are there. */
    private static final int ROOM = 64;

    private final CborReader in;
    private final Deque<Open> open = new ArrayDeque<>();

    private CborDecoder(byte[] block) {
        this.in = new CborReader(block);
    }

    static Data decode(byte[] block) throws FormatException {
        CborDecoder decoder = new CborDecoder(block);
        Data data = decoder.value();
        decoder.in.requireEnd();
        return data;
    }

    /** A list or map of which something is to come. */
    private static final class Open {
        private final boolean isMap;
        private final List<Data> items;
        private final SortedMap<String, Data> entries = new TreeMap<>(Link.NAMES);
        private int left;
        private String key = "";
        private int keyFrom;
        private int keyTo;

        Open(boolean isMap, int count) {
            this.isMap = isMap;
            this.left = count;
            this.items = new ArrayList<>(isMap ? 0 : Math.min(count, ROOM));
        }

        void add(Data value) {
            left--;
            if (isMap) {
                entries.put(key, value);
            } else {
                items.add(value);
            }
        }

        /** All of it, when nothing is to come. */
        Optional<Data> whole() {
            if (left > 0) {
                return Optional.empty();
            }
            return Optional.of(isMap ? new Data.MapOf(entries) : new Data.ListOf(items));
        }
    }

    private Data value() throws FormatException {
        while (true) {
            Optional<Data> whole = item();
            while (whole.isPresent()) {
                if (open.isEmpty()) {
                    return whole.get();
                }
                open.getLast().add(whole.get());
                whole = open.getLast().whole();
                whole.ifPresent(list -> open.removeLast());
            }
            if (open.getLast().isMap) {
                key(open.getLast());
            }
        }
    }

    /** The next value; empty when it is a list or map, now open. */
    private Optional<Data> item() throws FormatException {
        head();
        return switch (in.kind()) {
            case CborReader.UNSIGNED -> Optional.of(new Data.Int(in.argument(), false));
            case CborReader.NEGATIVE -> Optional.of(negative());
            case CborReader.BYTES -> Optional.of(Data.Bytes.of(in.bytes()));
            case CborReader.TEXT -> Optional.of(new Data.Text(in.text()));
            case CborReader.LIST -> begin(false, in.count(1), Data.ListOf.EMPTY);
            case CborReader.MAP -> begin(true, in.count(2), Data.MapOf.EMPTY);
            case CborReader.TAG -> Optional.of(link());
            default -> Optional.of(simple());
        };
    }

    private void head() throws FormatException {
        in.next();
        if (in.info() == CborReader.INDEFINITE && in.kind() != CborReader.SIMPLE) {
            throw in.failure("an item whose length is not told");
        }
        if (in.kind() != CborReader.SIMPLE && in.isLong()) {
            throw in.failure("a number or length that is spelt longer than it must be");
        }
    }

    private Optional<Data> begin(boolean isMap, int count, Data empty) throws FormatException {
        if (open.size() >= Data.MAX_DEPTH) {
            throw in.failure(Data.TOO_DEEP);
        }
        if (count == 0) {
            return Optional.of(empty);
        }
        open.addLast(new Open(isMap, count));
        return Optional.empty();
    }

    private void key(Open map) throws FormatException {
        head();
        if (in.kind() != CborReader.TEXT) {
            throw in.failure("a map's key that is not text");
        }
        int from = in.offset();
        map.key = in.text();
        if (!map.entries.isEmpty()) {
            requireOrder(map.key, in.compare(map.keyFrom, map.keyTo, from, in.offset()));
        }
        map.keyFrom = from;
        map.keyTo = in.offset();
    }

    private void requireOrder(String key, int order) throws FormatException {
        if (order == 0) {
            throw in.failure("the key \"" + key + "\" a second time");
        }
        if (order > 0) {
            throw in.failure("the key \"" + key + "\" behind one that is longer, or later in the order of bytes");
        }
    }

    private Data negative() throws FormatException {
        if (in.argument() < 0) {
            throw in.failure("a number below -2^63");
        }
        return new Data.Int(~in.argument(), true);
    }

    private Data link() throws FormatException {
        if (in.argument() != CborReader.LINK) {
            throw in.failure("the tag " + Long.toUnsignedString(in.argument()) + "; only 42, of links, is allowed");
        }
        head();
        if (in.kind() != CborReader.BYTES) {
            throw in.failure("a link that is not bytes");
        }
        return new Data.LinkTo(in.link(in.bytes()));
    }

    private Data simple() throws FormatException {
        return switch (in.info()) {
            case CborReader.FALSE -> new Data.Bool(false);
            case CborReader.TRUE -> new Data.Bool(true);
            case CborReader.NULL -> Data.Null.NULL;
            case CborReader.FLOAT64 -> real();
            case CborReader.FLOAT16, CborReader.FLOAT32 -> throw in.failure("a float of fewer than 64 bits");
            default -> throw in.failure("a simple value that is neither false, true nor null");
        };
    }

    private Data real() throws FormatException {
        double value = Double.longBitsToDouble(in.argument());
        if (!Double.isFinite(value)) {
            throw in.failure("the float " + value);
        }
        return new Data.Real(value);
    }
}
