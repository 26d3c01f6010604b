package org.s3ds.ipld;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A dag-pb node as a value: a map of {@code Data}, bytes that may be missing, and {@code Links}, each a map. */
final class PbData {
    private static final String DATA = "Data";
    private static final String LINKS = "Links";
    private static final String HASH = "Hash";
    private static final String NAME = "Name";
    private static final String SIZE = "Tsize";

    private PbData() {}

    static Data of(PbNode node) {
        Map<String, Data> fields = new TreeMap<>();
        node.data().ifPresent(bytes -> fields.put(DATA, Data.Bytes.of(bytes)));
        fields.put(
                LINKS, new Data.ListOf(node.links().stream().map(PbData::link).toList()));
        return Data.MapOf.of(fields);
    }

    private static Data link(Link link) {
        return Data.MapOf.of(Map.of(
                HASH, new Data.LinkTo(link.cid()), NAME, new Data.Text(link.name()), SIZE, Data.Int.of(link.size())));
    }

    /** @throws FormatException when no node says this; links are sorted by their names */
    static PbNode node(Data data) throws FormatException {
        Map<String, Data> fields = fields(data, "a node", Set.of(DATA, LINKS));
        List<Link> links = new ArrayList<>();
        if (!(fields.get(LINKS) instanceof Data.ListOf(List<Data> items))) {
            throw invalid("a node has Links, which are a list");
        }
        for (Data item : items) {
            links.add(link(fields(item, "a link", Set.of(HASH, NAME, SIZE))));
        }
        Data bytes = fields.getOrDefault(DATA, Data.Null.NULL);
        if (fields.containsKey(DATA) && !(bytes instanceof Data.Bytes)) {
            throw invalid("a node's Data is bytes");
        }
        return PbNode.of(links, bytes instanceof Data.Bytes content ? content.value() : null);
    }

    private static Link link(Map<String, Data> fields) throws FormatException {
        Data name = fields.getOrDefault(NAME, new Data.Text(""));
        Data size = fields.getOrDefault(SIZE, Data.Int.of(0));
        if (!(fields.get(HASH) instanceof Data.LinkTo(Cid cid))) {
            throw invalid("a link has a Hash, which is a link");
        }
        if (!(name instanceof Data.Text(String text))) {
            throw invalid("a link's Name is text");
        }
        if (!(size instanceof Data.Int number) || number.asLong().orElse(-1) < 0) {
            throw invalid("a link's Tsize is a whole number from 0 to 2^63-1");
        }
        return new Link(text, cid, number.bits());
    }

    private static Map<String, Data> fields(Data data, String what, Set<String> known) throws FormatException {
        if (!(data instanceof Data.MapOf(var entries))) {
            throw invalid(what + " is a map");
        }
        for (String key : entries.keySet()) {
            if (!known.contains(key)) {
                throw invalid("%s has no \"%s\"".formatted(what, key));
            }
        }
        return entries;
    }

    private static FormatException invalid(String rule) {
        return new FormatException("dag-pb cannot hold it: " + rule);
    }
}
