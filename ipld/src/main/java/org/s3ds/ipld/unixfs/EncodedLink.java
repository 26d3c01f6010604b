package org.s3ds.ipld.unixfs;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.ProtoWriter;

/**
 * A link as it stands in a dag-pb block. A directory of a million entries is held in this form: a third of what links
 * as objects take.
 */
final class EncodedLink {
    /** The sequence of links in a block: by the bytes of their names. */
    static final Comparator<EncodedLink> BY_NAME = EncodedLink::compareNames;

    /** The sequence of links in a sharded directory; names that hash alike by their bytes. */
    static final Comparator<EncodedLink> BY_HASH =
            ((Comparator<EncodedLink>) (a, b) -> Long.compareUnsigned(a.nameHash, b.nameHash)).thenComparing(BY_NAME);

    private final byte[] bytes;
    private final int cidLength;
    private final int nameLength;
    private final long nameHash;
    private final long size;

    private EncodedLink(byte[] cid, byte[] name, long size) {
        int length =
                ProtoWriter.bytesSize(cid.length) + ProtoWriter.bytesSize(name.length) + ProtoWriter.numberSize(size);
        this.bytes = new ProtoWriter(length)
                .bytes(1, cid)
                .bytes(2, name)
                .number(3, size)
                .done();
        this.cidLength = cid.length;
        this.nameLength = name.length;
        this.nameHash = Murmur3.hash64(name, 0, name.length);
        this.size = size;
    }

    /** @throws IllegalArgumentException when the name is not text (half a surrogate pair) */
    static EncodedLink of(Link link) {
        return new EncodedLink(link.cid().toBytes(), utf8(link.name()), link.size());
    }

    /** The same link with text before its name. */
    EncodedLink labelled(String label) {
        byte[] name = Arrays.copyOf(label.getBytes(StandardCharsets.US_ASCII), label.length() + nameLength);
        System.arraycopy(bytes, nameAt(), name, label.length(), nameLength);
        int cidAt = ProtoWriter.bytesSize(cidLength) - cidLength;
        return new EncodedLink(Arrays.copyOfRange(bytes, cidAt, cidAt + cidLength), name, size);
    }

    int cidLength() {
        return cidLength;
    }

    int nameLength() {
        return nameLength;
    }

    /** The hash that says where the name goes in a sharded directory. */
    long nameHash() {
        return nameHash;
    }

    /** The bytes of all blocks at and below the target. */
    long size() {
        return size;
    }

    /** The length of the link as a field of its block. */
    int fieldSize() {
        return ProtoWriter.bytesSize(bytes.length);
    }

    void writeTo(ProtoWriter out) {
        out.bytes(2, bytes);
    }

    boolean hasNameOf(EncodedLink other) {
        return compareNames(this, other) == 0;
    }

    private int nameAt() {
        return ProtoWriter.bytesSize(cidLength) + ProtoWriter.bytesSize(nameLength) - nameLength;
    }

    private static int compareNames(EncodedLink a, EncodedLink b) {
        return Arrays.compareUnsigned(
                a.bytes, a.nameAt(), a.nameAt() + a.nameLength, b.bytes, b.nameAt(), b.nameAt() + b.nameLength);
    }

    private static byte[] utf8(String name) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the name \"" + name + "\" is not Unicode text", e);
        }
    }
}
