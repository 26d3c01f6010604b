package org.s3ds.datastore.flatfs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.ScanResults;

/**
 * Keeps any key in a store that holds only single components of upper-case letters and digits: under the base32 of its
 * text. What lets flatfs run the whole contract.
 */
final class EncodedKeys implements Datastore {
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final Datastore child;

    EncodedKeys(Datastore child) {
        this.child = child;
    }

    static Key encoded(Key key) {
        StringBuilder text = new StringBuilder("/");
        int bits = 0;
        int held = 0;
        for (byte next : key.toString().getBytes(StandardCharsets.UTF_8)) {
            bits = (bits << 8 | (next & 0xff)) & 0xffff;
            for (held += 8; held >= 5; held -= 5) {
                text.append(DIGITS.charAt(bits >> (held - 5) & 31));
            }
        }
        if (held > 0) {
            text.append(DIGITS.charAt(bits << (5 - held) & 31));
        }
        return Key.raw(text.toString());
    }

    static Key decoded(Key key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int bits = 0;
        int held = 0;
        for (char digit : key.base().toCharArray()) {
            bits = (bits << 5 | DIGITS.indexOf(digit)) & 0xffff;
            held += 5;
            if (held >= 8) {
                held -= 8;
                bytes.write(bits >> held);
            }
        }
        return Key.raw(bytes.toString(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        return child.get(encoded(key));
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        return child.has(encoded(key));
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        return child.size(encoded(key));
    }

    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        child.put(encoded(key), value);
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        child.delete(encoded(key));
    }

    /** The child lists everything; the rest is done here, since prefixes and orders mean the text before encoding. */
    @Override
    public Results query(Query query) throws DatastoreException {
        Query all = query.withPrefix(Key.ROOT)
                .withFilters(List.of())
                .withOrders(List.of())
                .withSlice(0, 0);
        Results entries = child.query(all);
        return ScanResults.of(query, new ScanResults.Source() {
            @Override
            public Optional<Entry> next() throws DatastoreException {
                return entries.next().map(entry -> entry.withKey(decoded(entry.key())));
            }

            @Override
            public void close() throws DatastoreException {
                entries.close();
            }
        });
    }

    @Override
    public Batch batch() throws DatastoreException {
        Batch batch = child.batch();
        return new Batch() {
            @Override
            public void put(Key key, byte[] value) throws DatastoreException {
                batch.put(encoded(key), value);
            }

            @Override
            public void delete(Key key) throws DatastoreException {
                batch.delete(encoded(key));
            }

            @Override
            public void commit() throws DatastoreException {
                batch.commit();
            }
        };
    }

    @Override
    public void sync(Key prefix) throws DatastoreException {
        child.sync(encoded(prefix));
    }

    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        return child.diskUsage();
    }

    @Override
    public void close() throws DatastoreException {
        child.close();
    }

    @Override
    public String toString() {
        return "EncodedKeys(" + child + ")";
    }
}
