package org.s3ds.ipld.unixfs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.ProtoWriter;

/**
 * The UnixFS message inside a dag-pb node: what the node is, and a file's or shard's own part of it.
 *
 * <p>Immutable, but for the bytes it was made from, which the caller must not change.
 */
public final class UnixfsNode {
    /** The multicodec of the one hash that sharded directories use. */
    static final long MURMUR3 = 0x22;

    /** What a node is. */
    public enum Type {
        /** Bytes of a file, as trickle leaves have them. */
        RAW(0),
        /** A directory in one block. */
        DIRECTORY(1),
        /** A file, or a part of one. */
        FILE(2),
        /** Not used any more. */
        METADATA(3),
        /** A symbolic link; the data is its target. */
        SYMLINK(4),
        /** A directory, or a part of one, sharded by the hashes of the names. */
        HAMT_SHARD(5);

        private static final List<Type> ALL = List.of(values());

        private final int number;

        Type(int number) {
            this.number = number;
        }

        /** The number that stands for it in the message. */
        int number() {
            return number;
        }

        static Optional<Type> of(long number) {
            return ALL.stream().filter(type -> type.number == number).findFirst();
        }
    }

    private final Type type;
    private final Optional<ByteBuffer> data;
    private final OptionalLong fileSize;
    private final long[] blockSizes;
    private final OptionalLong hashType;
    private final OptionalLong fanout;
    private final Metadata metadata;

    private UnixfsNode(
            Type type,
            Optional<ByteBuffer> data,
            OptionalLong fileSize,
            long[] blockSizes,
            OptionalLong hashType,
            OptionalLong fanout,
            Metadata metadata) {
        this.type = type;
        this.data = data;
        this.fileSize = fileSize;
        this.blockSizes = blockSizes;
        this.hashType = hashType;
        this.fanout = fanout;
        this.metadata = metadata;
    }

    /** A part of a file that holds bytes and has nothing below it; {@code type} is FILE or RAW. */
    public static UnixfsNode leaf(Type type, byte[] content, Metadata metadata) {
        Optional<ByteBuffer> data = content.length == 0 ? Optional.empty() : Optional.of(ByteBuffer.wrap(content));
        return of(type, data, OptionalLong.of(content.length), new long[0], metadata);
    }

    /** A part of a file that is the sum of those below it, whose sizes in bytes of content these are. */
    public static UnixfsNode inner(LongStream blockSizes, Metadata metadata) {
        long[] sizes = blockSizes.toArray();
        return of(
                Type.FILE,
                Optional.empty(),
                OptionalLong.of(Arrays.stream(sizes).sum()),
                sizes,
                metadata);
    }

    /** A directory in one block. */
    public static UnixfsNode directory(Metadata metadata) {
        return of(Type.DIRECTORY, Optional.empty(), OptionalLong.empty(), new long[0], metadata);
    }

    /** A symbolic link. */
    public static UnixfsNode symlink(String target, Metadata metadata) {
        ByteBuffer data = ByteBuffer.wrap(target.getBytes(StandardCharsets.UTF_8));
        return of(Type.SYMLINK, Optional.of(data), OptionalLong.empty(), new long[0], metadata);
    }

    /**
     * A shard of a directory.
     *
     * @param bitfield which slots are used: slot 0 is the lowest bit of the last byte; no leading zero bytes
     * @param fanout how many slots there are
     */
    static UnixfsNode shard(byte[] bitfield, int fanout, Metadata metadata) {
        return new UnixfsNode(
                Type.HAMT_SHARD,
                bitfield.length == 0 ? Optional.empty() : Optional.of(ByteBuffer.wrap(bitfield)),
                OptionalLong.empty(),
                new long[0],
                OptionalLong.of(MURMUR3),
                OptionalLong.of(fanout),
                metadata);
    }

    private static UnixfsNode of(
            Type type, Optional<ByteBuffer> data, OptionalLong fileSize, long[] blockSizes, Metadata metadata) {
        return new UnixfsNode(type, data, fileSize, blockSizes, OptionalLong.empty(), OptionalLong.empty(), metadata);
    }

    /** The same with other bytes of its own, and other sizes below it. */
    UnixfsNode withContent(Optional<ByteBuffer> otherData, long... otherSizes) {
        long size = otherData.map(ByteBuffer::remaining).orElse(0)
                + Arrays.stream(otherSizes).sum();
        return new UnixfsNode(type, otherData, OptionalLong.of(size), otherSizes, hashType, fanout, metadata);
    }

    /** The same with other metadata. */
    UnixfsNode withMetadata(Metadata other) {
        return new UnixfsNode(type, data, fileSize, blockSizes, hashType, fanout, other);
    }

    /**
     * Reads the message. Fields that are not known are passed over; of a field given twice the last counts.
     *
     * @throws FormatException when it is not one, or has no type, or one that is not known
     */
    public static UnixfsNode decode(byte[] bytes) throws FormatException {
        UnixfsFields fields = UnixfsFields.read(bytes);
        return new UnixfsNode(
                fields.type(),
                fields.data,
                fields.fileSize,
                fields.blockSizes(),
                fields.hashType,
                fields.fanout,
                new Metadata(fields.mode, fields.mtime));
    }

    /** What the node is. */
    public Type type() {
        return type;
    }

    /** A file's bytes, a symlink's target or a shard's bitfield, as a view that cannot be written to. */
    public Optional<ByteBuffer> data() {
        return data.map(ByteBuffer::asReadOnlyBuffer);
    }

    /** The bytes of content here and below, 0 to 2^63-1, as the node says. */
    public OptionalLong fileSize() {
        return fileSize;
    }

    /** The bytes of content below each link, each 0 to 2^63-1, as the node says. */
    public long[] blockSizes() {
        return blockSizes.clone();
    }

    /** The multicodec of the hash that spreads names over a shard. */
    public OptionalLong hashType() {
        return hashType;
    }

    /** How many slots a shard has. */
    public OptionalLong fanout() {
        return fanout;
    }

    /** Permissions and time, where they are stored. */
    public Metadata metadata() {
        return metadata;
    }

    /** The message, fields in ascending number. */
    public byte[] encode() {
        ProtoWriter out = new ProtoWriter(encodedSize());
        writeTo(out);
        return out.done();
    }

    int encodedSize() {
        int size = ProtoWriter.numberSize(type.number());
        size += data.map(bytes -> ProtoWriter.bytesSize(bytes.remaining())).orElse(0);
        size += numberSize(fileSize) + numberSize(hashType) + numberSize(fanout);
        for (long blockSize : blockSizes) {
            size += ProtoWriter.numberSize(blockSize);
        }
        return size + metadata.encodedSize();
    }

    void writeTo(ProtoWriter out) {
        out.number(UnixfsFields.TYPE, type.number());
        data.ifPresent(bytes -> out.bytes(UnixfsFields.DATA, bytes));
        fileSize.ifPresent(size -> out.number(UnixfsFields.FILE_SIZE, size));
        for (long blockSize : blockSizes) {
            out.number(UnixfsFields.BLOCK_SIZES, blockSize);
        }
        hashType.ifPresent(code -> out.number(UnixfsFields.HASH_TYPE, code));
        fanout.ifPresent(slots -> out.number(UnixfsFields.FANOUT, slots));
        metadata.writeTo(out);
    }

    private static int numberSize(OptionalLong number) {
        return number.isPresent() ? ProtoWriter.numberSize(number.getAsLong()) : 0;
    }
}
