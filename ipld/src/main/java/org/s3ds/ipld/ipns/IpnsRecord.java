package org.s3ds.ipld.ipns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.DagCbor;
import org.s3ds.ipld.Data;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.ProtoReader;

/**
 * What a name stands for: a record of IPNS. Its {@code data}, a map in dag-cbor, is what counts; the fields of records
 * of version 1 beside it, where there are any, must say the same. A record without {@code data} is refused.
 *
 * <p>Neither the signatures nor how long it is valid is looked at.
 */
public final class IpnsRecord {
    /** The most bytes of a record. */
    public static final int MAX_BYTES = 10 << 10;

    private static final int VALUE = 1;
    private static final int SIGNATURE_V1 = 2;
    private static final int VALIDITY_TYPE = 3;
    private static final int VALIDITY = 4;
    private static final int SEQUENCE = 5;
    private static final int TTL = 6;
    private static final int PUBLIC_KEY = 7;
    private static final int SIGNATURE_V2 = 8;
    private static final int DATA = 9;

    /** What an empty value stands for: no bytes at all. */
    private static final String NOTHING = "/ipfs/bafkqaaa";

    private final String value;

    private IpnsRecord(String value) {
        this.value = value;
    }

    /**
     * The record that these bytes are.
     *
     * @throws FormatException when they are none, or say one thing here and another there
     */
    public static IpnsRecord decode(byte[] bytes) throws FormatException {
        if (bytes.length > MAX_BYTES) {
            throw invalid("it has " + bytes.length + " bytes, but at most " + MAX_BYTES + " are allowed");
        }
        Fields fields = Fields.of(bytes);
        byte[] data = fields.bytes(DATA);
        if (data.length == 0) {
            throw invalid("it has no data (field 9), as records of version 1 alone, which are not valid any more");
        }
        if (!(DagCbor.decode(data) instanceof Data.MapOf map)) {
            throw invalid("its data is not a map");
        }
        if (fields.bytes(SIGNATURE_V1).length > 0 || fields.bytes(VALUE).length > 0) {
            fields.requireSame(map);
        }
        return new IpnsRecord(path(bytes(map, "Value")));
    }

    /**
     * What the name stands for: a path such as {@code /ipfs/<CID>}, {@code /ipfs/<CID>/a/b} or {@code /ipns/<name>}, as
     * it was written.
     */
    public String value() {
        return value;
    }

    /** The CID that the value begins with; empty for {@code /ipns/…}, which another record tells. */
    public Optional<Cid> root() {
        String[] segments = value.split("/", 4);
        try {
            return segments[1].equals("ipns") ? Optional.empty() : Optional.of(Cid.parse(segments[2]));
        } catch (FormatException e) {
            throw new IllegalStateException("checked when it was decoded", e);
        }
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

    private static byte[] bytes(Data.MapOf map, String key) throws FormatException {
        if (map.entries().get(key) instanceof Data.Bytes bytes) {
            return bytes.value();
        }
        throw invalid("its data has no bytes called " + key);
    }

    private static long number(Data.MapOf map, String key) throws FormatException {
        if (map.entries().get(key) instanceof Data.Int number) {
            return number.bits();
        }
        throw invalid("its data has no whole number called " + key);
    }

    private static FormatException invalid(String problem) {
        return new FormatException("invalid IPNS record: " + problem);
    }

    /** The fields of the message, as they stand there. */
    private record Fields(Map<Integer, byte[]> bytes, Map<Integer, Long> numbers) {
        static Fields of(byte[] record) throws FormatException {
            Fields fields = new Fields(new HashMap<>(), new HashMap<>());
            ProtoReader reader = ProtoReader.of(record, "IPNS record");
            while (reader.hasMore()) {
                int start = reader.offset();
                int tag = reader.nextTag();
                if (fields.read(reader, tag)) {
                    throw reader.failure("field " + (tag >>> 3) + " a second time", start);
                }
            }
            return fields;
        }

        private boolean read(ProtoReader reader, int tag) throws FormatException {
            int field = tag >>> 3;
            return switch (field) {
                case VALUE, SIGNATURE_V1, VALIDITY, PUBLIC_KEY, SIGNATURE_V2, DATA -> {
                    requireType(reader, tag, ProtoReader.LENGTH_DELIMITED);
                    yield bytes.put(field, reader.bytes()) != null;
                }
                case VALIDITY_TYPE, SEQUENCE, TTL -> {
                    requireType(reader, tag, ProtoReader.VARINT);
                    yield numbers.put(field, reader.varint()) != null;
                }
                default -> {
                    reader.skip(tag);
                    yield false;
                }
            };
        }

        private static void requireType(ProtoReader reader, int tag, int type) throws FormatException {
            if ((tag & 7) != type) {
                throw reader.failure(
                        "field " + (tag >>> 3) + " with wire type " + (tag & 7) + ", not " + type, reader.offset());
            }
        }

        byte[] bytes(int field) {
            return bytes.getOrDefault(field, new byte[0]);
        }

        void requireSame(Data.MapOf map) throws FormatException {
            requireSame("Value", Arrays.equals(bytes(VALUE), IpnsRecord.bytes(map, "Value")));
            requireSame("Validity", Arrays.equals(bytes(VALIDITY), IpnsRecord.bytes(map, "Validity")));
            requireSame("ValidityType", number(VALIDITY_TYPE) == IpnsRecord.number(map, "ValidityType"));
            requireSame("Sequence", number(SEQUENCE) == IpnsRecord.number(map, "Sequence"));
            requireSame("TTL", number(TTL) == IpnsRecord.number(map, "TTL"));
        }

        private long number(int field) {
            return numbers.getOrDefault(field, 0L);
        }

        private static void requireSame(String name, boolean same) throws FormatException {
            if (!same) {
                throw invalid("its " + name + " is one thing in the data, and another beside it");
            }
        }
    }
}
