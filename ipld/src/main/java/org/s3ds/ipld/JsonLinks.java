package org.s3ds.ipld;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The links of a dag-json block, found without building what the block says. All that Kubo reads is read, and that is
 * more than JSON allows: a comma before an end, words of which only the first letter is right, a point without digits,
 * zero bytes behind the end, strings that are not text. Of what Kubo refuses, a key that stands twice and bytes that
 * are not base64 are read all the same: no link is lost by that.
 */
final class JsonLinks {
    /** One more than Kubo has, which does not count the inner map of what stands for bytes. */
    private static final int MAX_DEPTH = Data.MAX_DEPTH + 1;

    private final JsonReader in;
    private final Way way = new Way();
    private final List<Link> links = new ArrayList<>();

    private JsonLinks(byte[] block) {
        this.in = new JsonReader(block, true);
    }

    /**
     * The links of a block, in its order.
     *
     * @throws FormatException when it is not dag-json; says at which byte
     */
    static List<Link> of(byte[] block) throws FormatException {
        JsonLinks scan = new JsonLinks(block);
        int first = scan.in.next();
        scan.value(first);
        if (first == '-' || (first >= '0' && first <= '9')) {
            scan.in.skip(1);
        }
        scan.requireEnd();
        return scan.links;
    }

    /** A byte that Kubo's reader took to see where a number ends is not looked at again. */
    private void requireEnd() throws FormatException {
        int next = in.next();
        while (next == 0) {
            next = in.next();
        }
        if (next != JsonReader.END) {
            throw in.unexpected(next, "the end");
        }
    }

    /** Passes over the value that begins with the byte passed last; answers its text, when it is one. */
    private Optional<String> value(int first) throws FormatException {
        switch (first) {
            case '"' -> {
                return Optional.of(in.text());
            }
            case '{' -> map();
            case '[' -> list();
            case 'n', 't' -> in.skip(3);
            case 'f' -> in.skip(4);
            default -> JsonNumber.read(in, first);
        }
        return Optional.empty();
    }

    private void begin() throws FormatException {
        if (way.depth() >= MAX_DEPTH) {
            throw in.failure("more than " + MAX_DEPTH + " lists and maps in one another", in.offset() - 1);
        }
        way.begin();
    }

    private void list() throws FormatException {
        begin();
        for (int next = in.next(); next != ']'; next = following(']')) {
            way.item();
            value(next);
        }
        way.end();
    }

    private void map() throws FormatException {
        begin();
        Optional<String> link = Optional.empty();
        int entries = 0;
        for (int next = in.next(); next != '}'; next = following('}')) {
            if (next != '"') {
                throw in.unexpected(next, "a key");
            }
            String key = in.text();
            int colon = in.next();
            if (colon != ':') {
                throw in.unexpected(colon, "a colon");
            }
            way.key(key);
            Optional<String> text = value(in.next());
            link = ++entries == 1 && key.equals("/") ? text : Optional.empty();
        }
        way.end();
        if (link.isPresent()) {
            link(link.get());
        }
    }

    /** What begins behind the comma that is due; the end, when it stands there or behind the comma. */
    private int following(char end) throws FormatException {
        int next = in.next();
        if (next != ',' && next != end) {
            throw in.unexpected(next, "a comma or '" + end + "'");
        }
        return next == end ? end : in.next();
    }

    private void link(String text) throws FormatException {
        try {
            links.add(new Link(way.toString(), Cid.parse(text), 0));
        } catch (FormatException e) {
            throw in.failure("a link whose CID cannot be read (" + e.getMessage() + ")", in.offset() - 1);
        }
    }
}
