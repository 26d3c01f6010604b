package org.s3ds.node.pins;

import java.nio.charset.StandardCharsets;
import org.s3ds.datastore.Key;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Multibase;

/**
 * The keys of pins. A record lies at {@code /pins/pin/<id>}; indexes are keys without value that end in what is looked
 * up and the id, both in multibase base64url.
 */
final class PinKeys {
    static final Key PINS = Key.raw("/pins");
    static final Key RECORDS = Key.raw("/pins/pin");
    static final Key DIRTY = Key.raw("/pins/state/dirty");
    static final Key NAMES = Key.raw("/pins/index/nameIndex");

    private PinKeys() {}

    /**
     * A CID index entry, taken apart.
     *
     * @param key as it is stored
     * @param id of the record; without the slash that Kubo once wrote before it
     */
    record IndexEntry(Key key, Cid cid, String id) {}

    static Key record(String id) {
        return Key.raw(RECORDS + "/" + id);
    }

    /** Above the entries of all CIDs pinned this way. */
    static Key index(PinMode mode) {
        return Key.raw("/pins/index/" + mode.index());
    }

    /** Above the entries of one CID. */
    static Key index(PinMode mode, Cid cid) {
        return Key.raw(index(mode) + "/" + Multibase.BASE64URL.encode(cid.toBytes()));
    }

    static Key indexEntry(PinMode mode, Cid cid, String id) {
        return Key.raw(index(mode, cid) + "/" + text(id));
    }

    /** The entry of an old Kubo, which wrote the id with a slash before it. */
    static Key oldIndexEntry(PinMode mode, Cid cid, String id) {
        return indexEntry(mode, cid, "/" + id);
    }

    static Key nameEntry(String name, String id) {
        return Key.raw(NAMES + "/" + text(name) + "/" + text(id));
    }

    /** Reads a key that {@link #indexEntry} made. */
    static IndexEntry parseIndexEntry(Key key) throws FormatException {
        var components = key.components();
        if (components.size() != 5) {
            throw new FormatException("not a pin index entry: " + key);
        }
        Cid cid = Cid.decode(Multibase.decode(components.get(3)));
        String id = new String(Multibase.decode(components.get(4)), StandardCharsets.UTF_8);
        return new IndexEntry(key, cid, id.startsWith("/") ? id.substring(1) : id);
    }

    private static String text(String text) {
        return Multibase.BASE64URL.encode(text.getBytes(StandardCharsets.UTF_8));
    }
}
