package org.s3ds.ipld.ipns;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.DagCbor;
import org.s3ds.ipld.Data;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.keys.PeerId;
import org.s3ds.ipld.keys.PublicKey;

/**
 * What a name stands for: a record of IPNS. Its {@code data}, a map in dag-cbor, is what counts; the fields of records
 * of version 1 beside it, where there are any, must say the same. A record without {@code data} is refused.
 *
 * <p>What it says is only worth something when {@link #verify} has found it good.
 */
public final class IpnsRecord {
    /** The most bytes of a record. */
    public static final int MAX_BYTES = 10 << 10;

    /** What an empty value stands for: no bytes at all. */
    private static final String NOTHING = "/ipfs/bafkqaaa";

    private final byte[] bytes;
    private final RecordFields fields;
    private final Data.MapOf data;

    private IpnsRecord(byte[] bytes, RecordFields fields, Data.MapOf data) {
        this.bytes = bytes;
        this.fields = fields;
        this.data = data;
    }

    /**
     * The record that these bytes are, good or not.
     *
     * @throws FormatException when they are none; begins with {@code invalid IPNS record:}
     */
    public static IpnsRecord decode(byte[] bytes) throws FormatException {
        if (bytes.length > MAX_BYTES) {
            throw invalid("record exceeds allowed size limit: it has " + bytes.length + " bytes, but at most "
                    + MAX_BYTES + " are allowed");
        }
        RecordFields fields = RecordFields.decode(bytes);
        if (fields.bytes(RecordFields.DATA).length == 0) {
            throw invalid("record is missing the dag-cbor data field, as those of version 1 alone, which are not valid"
                    + " any more");
        }
        if (!(DagCbor.decode(fields.bytes(RecordFields.DATA)) instanceof Data.MapOf map)) {
            throw invalid("its data is not a map");
        }
        return new IpnsRecord(bytes.clone(), fields, map);
    }

    /** Its bytes. */
    public byte[] encode() {
        return bytes.clone();
    }

    /** Whether it has the fields of version 1 as well. */
    public boolean hasVersion1() {
        return fields.bytes(RecordFields.SIGNATURE_V1).length > 0 || fields.bytes(RecordFields.VALUE).length > 0;
    }

    /**
     * What the name stands for: a path such as {@code /ipfs/<CID>}, {@code /ipfs/<CID>/a/b} or {@code /ipns/<name>}, as
     * it was written.
     *
     * @throws FormatException when it is none
     */
    public String value() throws FormatException {
        return path(bytes("Value"));
    }

    /**
     * The CID that the value begins with; empty for {@code /ipns/…}, which another record tells.
     *
     * @throws FormatException when it is no path
     */
    public Optional<Cid> root() throws FormatException {
        String[] segments = value().split("/", 4);
        return segments[1].equals("ipns") ? Optional.empty() : Optional.of(Cid.parse(segments[2]));
    }

    /**
     * What kind of validity it has; only 0 is known, which is a time.
     *
     * @throws FormatException when it does not say
     */
    public long validityType() throws FormatException {
        return number("ValidityType");
    }

    /**
     * Until when it is good.
     *
     * @throws FormatException when it does not say, or in a way that is not known
     */
    public Instant validity() throws FormatException {
        if (validityType() != 0) {
            throw new FormatException("record contains an unrecognized validity type");
        }
        return GoTime.parse(new String(bytes("Validity"), StandardCharsets.UTF_8))
                .orElseThrow(() -> new FormatException("record contains an invalid validity"));
    }

    /**
     * How often the name was given something else to stand for, without sign.
     *
     * @throws FormatException when it does not say
     */
    public long sequence() throws FormatException {
        return number("Sequence");
    }

    /**
     * For how many nanoseconds others may keep it before they ask again.
     *
     * @throws FormatException when it does not say
     */
    public long ttl() throws FormatException {
        return number("TTL");
    }

    /**
     * Makes sure that it is the record of a name and still good, as the specification has it.
     *
     * @param now the time
     * @throws FormatException when it is not; the sentence is Kubo's
     */
    public void verify(PeerId name, Instant now) throws FormatException {
        PublicKey key = publicKey(name);
        if (fields.bytes(RecordFields.SIGNATURE_V2).length == 0
                || !key.verify(signed(fields.bytes(RecordFields.DATA)), fields.bytes(RecordFields.SIGNATURE_V2))) {
            throw new FormatException("signature verification failed");
        }
        requireConsistent();
        if (now.isAfter(validity())) {
            throw new FormatException("record is expired");
        }
        if (ttl() < 0) {
            throw new FormatException("record is malformed: negative TTL");
        }
    }

    /** The key of the name: in the record where it is too long for the name. */
    private PublicKey publicKey(PeerId name) throws FormatException {
        if (fields.bytes(RecordFields.PUBLIC_KEY).length == 0) {
            return name.publicKey().orElseThrow(() -> new FormatException("public key is not embedded in peer ID"));
        }
        PublicKey key;
        try {
            key = PublicKey.decode(fields.bytes(RecordFields.PUBLIC_KEY));
        } catch (FormatException e) {
            throw new FormatException("public key invalid: " + e.getMessage(), e);
        }
        if (!key.peerId().equals(name)) {
            throw new FormatException("record public key does not match the expected public key");
        }
        return key;
    }

    /** What signature V2 is of. */
    static byte[] signed(byte[] data) {
        byte[] prefix = "ipns-signature:".getBytes(StandardCharsets.US_ASCII);
        byte[] signed = Arrays.copyOf(prefix, prefix.length + data.length);
        System.arraycopy(data, 0, signed, prefix.length, data.length);
        return signed;
    }

    /**
     * Makes sure that what stands beside the data says the same.
     *
     * @throws FormatException when it does not
     */
    public void requireConsistent() throws FormatException {
        if (!hasVersion1()) {
            return;
        }
        requireSame("Value", Arrays.equals(fields.bytes(RecordFields.VALUE), bytes("Value")));
        requireSame("Validity", Arrays.equals(fields.bytes(RecordFields.VALIDITY), bytes("Validity")));
        requireSame("ValidityType", fields.number(RecordFields.VALIDITY_TYPE) == validityType());
        requireSame("Sequence", fields.number(RecordFields.SEQUENCE) == sequence());
        requireSame("TTL", fields.number(RecordFields.TTL) == ttl());
    }

    private static void requireSame(String name, boolean same) throws FormatException {
        if (!same) {
            throw new FormatException("field \"" + name + "\" did not match between protobuf and CBOR");
        }
    }

    /**
     * Whether this one replaces another of the same name: by its sequence, then by how long it is good, then by its
     * bytes, as Kubo has it.
     *
     * @throws FormatException when one of them does not say
     */
    public boolean isNewerThan(IpnsRecord other) throws FormatException {
        int order = Long.compareUnsigned(sequence(), other.sequence());
        if (order == 0) {
            order = validity().compareTo(other.validity());
        }
        return (order == 0 ? Arrays.compareUnsigned(bytes, other.bytes) : order) > 0;
    }

    /** As Kubo reads a value: a path, or the bytes of a CID, or nothing. */
    private static String path(byte[] value) throws FormatException {
        if (value.length == 0) {
            return NOTHING;
        }
        if (value[0] != '/') {
            return "/ipfs/" + cid(value);
        }
        String path = new String(value, StandardCharsets.UTF_8);
        String[] segments = path.split("/", 4);
        if (segments.length < 3 || segments[2].isEmpty()) {
            throw invalid("its value \"" + path + "\" is not a path");
        }
        switch (segments[1]) {
            case "ipfs", "ipld" -> Cid.parse(segments[2]);
            case "ipns" -> {}
            default -> throw invalid("its value \"" + path + "\" is not below /ipfs, /ipns or /ipld");
        }
        return path;
    }

    private static Cid cid(byte[] value) throws FormatException {
        try {
            return Cid.decode(value);
        } catch (FormatException e) {
            throw invalid("its value is neither a path nor a CID");
        }
    }

    private byte[] bytes(String key) throws FormatException {
        if (data.entries().get(key) instanceof Data.Bytes bytes) {
            return bytes.value();
        }
        throw invalid("its data has no bytes called " + key);
    }

    private long number(String key) throws FormatException {
        if (data.entries().get(key) instanceof Data.Int number) {
            return number.bits();
        }
        throw invalid("its data has no whole number called " + key);
    }

    private static FormatException invalid(String problem) {
        return new FormatException("invalid IPNS record: " + problem);
    }
}
