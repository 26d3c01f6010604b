package org.s3ds.ipld.unixfs;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.ProtoReader;

/** The fields of a UnixFS message: their numbers, and what they hold while one is read. */
final class UnixfsFields {
    static final int TYPE = 1;
    static final int DATA = 2;
    static final int FILE_SIZE = 3;
    static final int BLOCK_SIZES = 4;
    static final int HASH_TYPE = 5;
    static final int FANOUT = 6;
    static final int MODE = 7;
    static final int MTIME = 8;
    static final int SECONDS = 1;
    static final int NANOS = 2;

    private UnixfsNode.@Nullable Type type;
    private final LongStream.Builder blockSizes = LongStream.builder();
    Optional<ByteBuffer> data = Optional.empty();
    OptionalLong fileSize = OptionalLong.empty();
    OptionalLong hashType = OptionalLong.empty();
    OptionalLong fanout = OptionalLong.empty();
    OptionalInt mode = OptionalInt.empty();
    Optional<Mtime> mtime = Optional.empty();

    private UnixfsFields() {}

    static UnixfsFields read(byte[] bytes) throws FormatException {
        UnixfsFields fields = new UnixfsFields();
        ProtoReader in = ProtoReader.of(bytes, "UnixFS data");
        while (in.hasMore()) {
            fields.readField(in);
        }
        return fields;
    }

    UnixfsNode.Type type() throws FormatException {
        if (type == null) {
            throw new FormatException("invalid UnixFS data: no type");
        }
        return type;
    }

    long[] blockSizes() {
        return blockSizes.build().toArray();
    }

    private void readField(ProtoReader in) throws FormatException {
        int tag = in.nextTag();
        switch (tag) {
            case TYPE << 3 | ProtoReader.VARINT -> type = readType(in);
            case DATA << 3 | ProtoReader.LENGTH_DELIMITED -> data = Optional.of(in.view());
            case FILE_SIZE << 3 | ProtoReader.VARINT -> fileSize = OptionalLong.of(readSize(in));
            case BLOCK_SIZES << 3 | ProtoReader.VARINT -> blockSizes.add(readSize(in));
            case BLOCK_SIZES << 3 | ProtoReader.LENGTH_DELIMITED -> readPacked(in.message());
            case HASH_TYPE << 3 | ProtoReader.VARINT -> hashType = OptionalLong.of(in.varint());
            case FANOUT << 3 | ProtoReader.VARINT -> fanout = OptionalLong.of(in.varint());
            case MODE << 3 | ProtoReader.VARINT -> mode = OptionalInt.of((int) in.varint());
            case MTIME << 3 | ProtoReader.LENGTH_DELIMITED -> mtime = Optional.of(readMtime(in.message()));
            default -> in.skip(tag);
        }
    }

    private static UnixfsNode.Type readType(ProtoReader in) throws FormatException {
        int start = in.offset();
        long number = in.varint();
        return UnixfsNode.Type.of(number)
                .orElseThrow(
                        () -> in.failure("the type " + Long.toUnsignedString(number) + ", which is not known", start));
    }

    private static long readSize(ProtoReader in) throws FormatException {
        int start = in.offset();
        long size = in.varint();
        if (size < 0) {
            throw in.failure("a size above 2^63-1", start);
        }
        return size;
    }

    /** Nobody writes the sizes so, but every protobuf reader takes them so. */
    private void readPacked(ProtoReader in) throws FormatException {
        while (in.hasMore()) {
            blockSizes.add(readSize(in));
        }
    }

    private static Mtime readMtime(ProtoReader in) throws FormatException {
        int start = in.offset();
        OptionalLong seconds = OptionalLong.empty();
        long nanos = 0;
        while (in.hasMore()) {
            int tag = in.nextTag();
            switch (tag) {
                case SECONDS << 3 | ProtoReader.VARINT -> seconds = OptionalLong.of(in.varint());
                case NANOS << 3 | ProtoReader.FIXED32 -> nanos = in.fixed32();
                default -> in.skip(tag);
            }
        }
        if (seconds.isEmpty()) {
            throw in.failure("a modification time without seconds", start);
        }
        return new Mtime(seconds.getAsLong(), nanos <= Mtime.MAX_NANOS ? (int) nanos : 0);
    }
}
