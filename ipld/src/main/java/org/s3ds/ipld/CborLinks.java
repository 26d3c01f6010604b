package org.s3ds.ipld;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The links of a dag-cbor block, found without building what the block says. All that Kubo reads is read, and that is
 * more than {@link DagCbor} allows: any order of keys, any spelling of numbers and lengths, lengths that are not told,
 * short floats, NaN, {@code undefined}, text that is not UTF-8, and tags of what is not bytes, which mean nothing. Of
 * what Kubo refuses, a key that stands twice and numbers below -2^63 are read all the same: no link is lost by that.
 */
final class CborLinks {
    /** Stands for how much is to come of what does not tell its length. */
    private static final int UNTOLD = -1;

    private final CborReader in;
    private final Way way = new Way();
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<Link> links = new ArrayList<>();

    private CborLinks(byte[] block) {
        this.in = new CborReader(block);
    }

    /** A list or map that has begun. */
    private static final class Open {
        private final boolean isMap;
        private int left;

        Open(boolean isMap, int left) {
            this.isMap = isMap;
            this.left = left;
        }
    }

    /**
     * The links of a block, in its order.
     *
     * @throws FormatException when it is not dag-cbor; says at which byte
     */
    static List<Link> of(byte[] block) throws FormatException {
        CborLinks scan = new CborLinks(block);
        scan.in.next();
        scan.value();
        while (!scan.open.isEmpty()) {
            scan.next(scan.open.getLast());
        }
        scan.in.requireEnd();
        return scan.links;
    }

    /** Passes over what comes next in the list or map that began last: an item, an entry, or its end. */
    private void next(Open list) throws FormatException {
        if (list.left == 0 || (isEnd() && list.left == UNTOLD)) {
            open.removeLast();
            way.end();
            return;
        }
        if (list.left > 0) {
            list.left--;
        }
        if (list.isMap) {
            key();
        } else {
            way.item();
        }
        value();
    }

    /** Reads the next head, and answers whether it is the end of what does not tell its length. */
    private boolean isEnd() throws FormatException {
        in.next();
        return in.kind() == CborReader.SIMPLE && isUntold();
    }

    private boolean isUntold() {
        return in.info() == CborReader.INDEFINITE;
    }

    private void requireTold() throws FormatException {
        if (isUntold()) {
            throw in.failure("a byte that begins no item");
        }
    }

    /** Passes over the value whose head was read; of a list or map, over the head. */
    private void value() throws FormatException {
        switch (in.kind()) {
            case CborReader.UNSIGNED, CborReader.NEGATIVE -> requireTold();
            case CborReader.BYTES, CborReader.TEXT -> skipString();
            case CborReader.LIST -> begin(false, isUntold() ? UNTOLD : in.count(1));
            case CborReader.MAP -> begin(true, isUntold() ? UNTOLD : in.count(2));
            case CborReader.TAG -> tagged();
            default -> simple();
        }
    }

    private void begin(boolean isMap, int count) throws FormatException {
        if (open.size() >= Data.MAX_DEPTH) {
            throw in.failure(Data.TOO_DEEP);
        }
        open.addLast(new Open(isMap, count));
        way.begin();
    }

    private void skipString() throws FormatException {
        if (isUntold()) {
            parts();
        } else {
            in.stretch();
        }
    }

    /** Bytes or text in parts, each of which tells its length. */
    private byte[] parts() throws FormatException {
        int kind = in.kind();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (!isEnd()) {
            if (in.kind() != kind || isUntold()) {
                throw in.failure("a part of another kind than the whole");
            }
            all.writeBytes(in.bytes());
        }
        return all.toByteArray();
    }

    /** Reads a key, whose head was read, and the head of its value. */
    private void key() throws FormatException {
        if (in.kind() == CborReader.TAG) {
            requireTold();
            in.next();
        }
        if (in.kind() != CborReader.TEXT) {
            throw in.failure("a map's key that is not text");
        }
        way.key(isUntold() ? new String(parts(), StandardCharsets.UTF_8) : in.looseText());
        in.next();
    }

    private void tagged() throws FormatException {
        requireTold();
        long tag = in.argument();
        if (tag < 0) {
            throw in.failure("a tag from 2^63 on");
        }
        in.next();
        if (in.kind() == CborReader.TAG) {
            throw in.failure("a tag of a tag");
        }
        if (in.kind() != CborReader.BYTES) {
            value();
        } else if (tag == CborReader.LINK) {
            links.add(new Link(way.toString(), in.link(isUntold() ? parts() : in.bytes()), 0));
        } else {
            throw in.failure("bytes with the tag " + Long.toUnsignedString(tag) + "; only 42, of links, is allowed");
        }
    }

    private void simple() throws FormatException {
        switch (in.info()) {
            case CborReader.FALSE, CborReader.TRUE, CborReader.NULL, CborReader.UNDEFINED -> {}
            case CborReader.FLOAT16, CborReader.FLOAT32, CborReader.FLOAT64 -> {}
            default -> throw in.failure("a simple value that is neither false, true nor null");
        }
    }
}
