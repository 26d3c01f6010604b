package org.s3ds.ipld;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The links of a dag-cbor block, found without building what the block says. All that Kubo reads is read, and that is
 * more than {@link DagCbor} allows: any order of keys, any spelling of numbers and lengths, lengths that are not told,
 * short floats, NaN, {@code undefined}, text that is not UTF-8, and tags of what is not bytes, which mean nothing. Of
 * what Kubo refuses, a key that stands twice and numbers below -2^63 are read all the same: no link is lost by that.
 */
final class CborLinks {
    private static final int FIRST_SIMPLE = 20;
    private static final int LAST_SIMPLE = 23;
    private static final int FIRST_FLOAT = 25;
    private static final int LAST_FLOAT = 27;

    private final CborReader in;
    private final Way way = new Way();
    private final List<Link> links = new ArrayList<>();

    private CborLinks(byte[] block) {
        this.in = new CborReader(block);
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
        scan.in.requireEnd();
        return scan.links;
    }

    /** Passes over the value whose head was read. */
    private void value() throws FormatException {
        switch (in.kind()) {
            case CborReader.UNSIGNED, CborReader.NEGATIVE -> requireLength();
            case CborReader.BYTES, CborReader.TEXT -> skipString();
            case CborReader.LIST -> list();
            case CborReader.MAP -> map();
            case CborReader.TAG -> tagged();
            default -> simple();
        }
    }

    private boolean isIndefinite() {
        return in.info() == CborReader.INDEFINITE;
    }

    private void requireLength() throws FormatException {
        if (isIndefinite()) {
            throw in.failure("a byte that begins no item");
        }
    }

    /** Reads the next head, and answers whether it is the end of what does not tell its length. */
    private boolean isEnd() throws FormatException {
        in.next();
        return in.kind() == CborReader.SIMPLE && isIndefinite();
    }

    private void skipString() throws FormatException {
        if (isIndefinite()) {
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
            if (in.kind() != kind || isIndefinite()) {
                throw in.failure("a part of another kind than the whole");
            }
            all.writeBytes(in.bytes());
        }
        return all.toByteArray();
    }

    private void begin() throws FormatException {
        if (way.depth() >= Data.MAX_DEPTH) {
            throw in.failure("more than " + Data.MAX_DEPTH + " lists and maps in one another");
        }
        way.begin();
    }

    private void list() throws FormatException {
        begin();
        if (isIndefinite()) {
            while (!isEnd()) {
                item();
            }
        } else {
            for (int left = in.count(1); left > 0; left--) {
                in.next();
                item();
            }
        }
        way.end();
    }

    private void item() throws FormatException {
        way.item();
        value();
    }

    private void map() throws FormatException {
        begin();
        if (isIndefinite()) {
            while (!isEnd()) {
                entry();
            }
        } else {
            for (int left = in.count(2); left > 0; left--) {
                in.next();
                entry();
            }
        }
        way.end();
    }

    private void entry() throws FormatException {
        if (in.kind() == CborReader.TAG) {
            requireLength();
            in.next();
        }
        if (in.kind() != CborReader.TEXT) {
            throw in.failure("a map's key that is not text");
        }
        way.key(isIndefinite() ? new String(parts(), StandardCharsets.UTF_8) : in.looseText());
        in.next();
        value();
    }

    private void tagged() throws FormatException {
        requireLength();
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
            links.add(new Link(way.toString(), in.link(isIndefinite() ? parts() : in.bytes()), 0));
        } else {
            throw in.failure("bytes with the tag " + Long.toUnsignedString(tag) + "; only 42, of links, is allowed");
        }
    }

    private void simple() throws FormatException {
        int info = in.info();
        if ((info < FIRST_SIMPLE || info > LAST_SIMPLE) && (info < FIRST_FLOAT || info > LAST_FLOAT)) {
            throw in.failure("a simple value that is neither false, true nor null");
        }
    }
}
