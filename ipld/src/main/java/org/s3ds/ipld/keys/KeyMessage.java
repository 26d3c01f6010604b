package org.s3ds.ipld.keys;

import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.ProtoReader;
import org.s3ds.ipld.ProtoWriter;

/** The protobuf message that a key is in: {@code 1: type, 2: data}. */
final class KeyMessage {
    private static final int TYPE = 1;
    private static final int DATA = 2;

    private KeyMessage() {}

    /** Makes a key of what a message says. */
    interface Reader<T> {
        T read(KeyType type, byte[] data) throws FormatException;
    }

    static <T> T decode(byte[] message, String what, Reader<T> keys) throws FormatException {
        ProtoReader reader = ProtoReader.of(message, what);
        long type = -1;
        byte[] data = null;
        while (reader.hasMore()) {
            int at = reader.offset();
            int tag = reader.nextTag();
            if (tag == ProtoReader.tag(TYPE, ProtoReader.VARINT) && type < 0) {
                type = reader.varint() & Integer.MAX_VALUE;
            } else if (tag == ProtoReader.tag(DATA, ProtoReader.LENGTH_DELIMITED) && data == null) {
                data = reader.bytes();
            } else {
                throw reader.failure("field " + (tag >>> 3) + " where none is expected", at);
            }
        }
        if (type < 0 || data == null) {
            throw reader.failure("the type or the data of the key is missing", reader.offset());
        }
        return keys.read(KeyType.of(type), data);
    }

    static byte[] encode(KeyType type, byte[] data) {
        return new ProtoWriter(ProtoWriter.numberSize(type.number()) + ProtoWriter.bytesSize(data.length))
                .number(TYPE, type.number())
                .bytes(DATA, data)
                .done();
    }
}
