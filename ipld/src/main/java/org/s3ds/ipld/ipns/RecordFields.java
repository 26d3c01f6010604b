package org.s3ds.ipld.ipns;

import java.util.Map;
import java.util.TreeMap;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.ProtoReader;
import org.s3ds.ipld.ProtoWriter;

/** The protobuf message of a record: its fields as they stand there, by their numbers. */
final class RecordFields {
    static final int VALUE = 1;
    static final int SIGNATURE_V1 = 2;
    static final int VALIDITY_TYPE = 3;
    static final int VALIDITY = 4;
    static final int SEQUENCE = 5;
    static final int TTL = 6;
    static final int PUBLIC_KEY = 7;
    static final int SIGNATURE_V2 = 8;
    static final int DATA = 9;

    private final Map<Integer, byte[]> bytes = new TreeMap<>();
    private final Map<Integer, Long> numbers = new TreeMap<>();

    static RecordFields decode(byte[] record) throws FormatException {
        RecordFields fields = new RecordFields();
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

    /** The bytes of a field; none where it is missing. */
    byte[] bytes(int field) {
        return bytes.getOrDefault(field, new byte[0]);
    }

    /** The number in a field; 0 where it is missing. */
    long number(int field) {
        return numbers.getOrDefault(field, 0L);
    }

    RecordFields with(int field, byte[] value) {
        bytes.put(field, value);
        return this;
    }

    RecordFields with(int field, long value) {
        numbers.put(field, value);
        return this;
    }

    /** The message, its fields by their numbers, as Go writes it. */
    byte[] encode() {
        int size = bytes.values().stream()
                        .mapToInt(each -> ProtoWriter.bytesSize(each.length))
                        .sum()
                + numbers.values().stream().mapToInt(ProtoWriter::numberSize).sum();
        ProtoWriter writer = new ProtoWriter(size);
        for (int field = VALUE; field <= DATA; field++) {
            if (bytes.containsKey(field)) {
                writer.bytes(field, bytes(field));
            } else if (numbers.containsKey(field)) {
                writer.number(field, number(field));
            }
        }
        return writer.done();
    }
}
