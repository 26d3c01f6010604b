package org.s3ds.node.names;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.ProtoReader;
import org.s3ds.ipld.ProtoWriter;
import org.s3ds.ipld.ipns.GoTime;
import org.s3ds.ipld.ipns.IpnsRecord;
import org.s3ds.ipld.keys.PeerId;
import org.s3ds.ipld.keys.PublicKey;

/**
 * Where records are, as Kubo has it: those published here at {@code /ipns/<peer id>}, and those that whoever asks is
 * given at {@code /dht/ipns/<"/ipns/" and peer id>}, in a message that says when they came. Both in base32.
 */
final class RecordStore {
    private static final String OWN = "/ipns/";
    private static final String PUBLIC_KEYS = "/pk/";
    private static final String KNOWN = "/dht";
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int TIME_RECEIVED = 5;

    private final Datastore store;

    RecordStore(Datastore store) {
        this.store = store;
    }

    /**
     * The record that was published here last; empty when there is none.
     *
     * @throws FormatException when it is damaged
     */
    Optional<IpnsRecord> own(PeerId name) throws IOException {
        Key key = ownKey(name);
        Optional<byte[]> bytes = store.get(key);
        try {
            return bytes.isEmpty() ? Optional.empty() : Optional.of(IpnsRecord.decode(bytes.get()));
        } catch (FormatException e) {
            throw new FormatException("the IPNS record in " + key + " is damaged: " + e.getMessage(), e);
        }
    }

    /** The record that whoever asks is given; empty when there is none, or none that can be read. */
    Optional<IpnsRecord> known(PeerId name) throws IOException {
        Optional<byte[]> stored = store.get(knownKey(OWN, name));
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(IpnsRecord.decode(unwrapped(stored.get(), routingKey(OWN, name))));
        } catch (FormatException e) {
            return Optional.empty(); // as Kubo, which drops it
        }
    }

    /** Stores a record of our own, durably. */
    void putOwn(PeerId name, IpnsRecord record) throws IOException {
        put(ownKey(name), record.encode());
    }

    /** Stores a record for whoever asks, durably. */
    void putKnown(PeerId name, IpnsRecord record, Instant now) throws IOException {
        put(knownKey(OWN, name), wrapped(routingKey(OWN, name), record.encode(), now));
    }

    /** Stores the key of a name that has but its hash in it, durably. */
    void putKey(PublicKey key, Instant now) throws IOException {
        PeerId name = key.peerId();
        put(knownKey(PUBLIC_KEYS, name), wrapped(routingKey(PUBLIC_KEYS, name), key.encode(), now));
    }

    private void put(Key key, byte[] value) throws IOException {
        store.put(key, value);
        store.sync(key);
    }

    private static Key ownKey(PeerId name) {
        return Key.raw(OWN + base32(name.hash().toBytes()));
    }

    private static Key knownKey(String space, PeerId name) {
        return Key.raw(KNOWN + space + base32(routingKey(space, name)));
    }

    private static byte[] routingKey(String space, PeerId name) {
        byte[] hash = name.hash().toBytes();
        byte[] key = Arrays.copyOf(space.getBytes(StandardCharsets.US_ASCII), space.length() + hash.length);
        System.arraycopy(hash, 0, key, space.length(), hash.length);
        return key;
    }

    private static String base32(byte[] bytes) {
        return Multibase.BASE32_UPPER.encodeBare(bytes);
    }

    private static byte[] wrapped(byte[] key, byte[] value, Instant now) {
        byte[] time = GoTime.format(now).getBytes(StandardCharsets.US_ASCII);
        int size = ProtoWriter.bytesSize(key.length)
                + ProtoWriter.bytesSize(value.length)
                + ProtoWriter.bytesSize(time.length);
        return new ProtoWriter(size)
                .bytes(KEY, key)
                .bytes(VALUE, value)
                .bytes(TIME_RECEIVED, time)
                .done();
    }

    private static byte[] unwrapped(byte[] stored, byte[] key) throws FormatException {
        ProtoReader reader = ProtoReader.of(stored, "stored record");
        byte[] value = new byte[0];
        byte[] found = new byte[0];
        while (reader.hasMore()) {
            int tag = reader.nextTag();
            if (tag == ProtoReader.tag(KEY, ProtoReader.LENGTH_DELIMITED)) {
                found = reader.bytes();
            } else if (tag == ProtoReader.tag(VALUE, ProtoReader.LENGTH_DELIMITED)) {
                value = reader.bytes();
            } else {
                reader.skip(tag);
            }
        }
        if (!Arrays.equals(found, key)) {
            throw reader.failure("the key of another record", 0);
        }
        return value;
    }
}
