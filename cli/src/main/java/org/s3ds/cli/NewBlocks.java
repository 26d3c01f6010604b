package org.s3ds.cli;

import java.io.IOException;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;

/**
 * How {@code block put} names what it stores.
 *
 * @param version of the CID, 0 or 1
 * @param codec the multicodec
 * @param hash the hash function
 * @param hashLength bytes of the digest; -1 for all
 */
record NewBlocks(int version, long codec, HashFunction hash, int hashLength) {
    private static final int WHOLE = -1;

    /** Reads the options, with Kubo's sentences for what is wrong with them. */
    static NewBlocks of(String codec, String format, String hash, int hashLength) throws IOException {
        HashFunction function = HashFunction.byName(hash)
                .orElseThrow(() -> new IOException(
                        HashFunction.isWeak(hash)
                                ? "potentially insecure hash functions not allowed"
                                : "unrecognized multihash function: " + hash));
        if (format.isEmpty()) {
            return new NewBlocks(1, DagCodecs.code(codec), function, hashLength);
        }
        if (!codec.equals("raw")) {
            throw new IOException("unable to use \"format\" (deprecated) and a custom \"cid-codec\" at the same time");
        }
        return switch (format) {
            case "v0" -> version0(function, hashLength);
            case "protobuf" -> new NewBlocks(1, Multicodec.DAG_PB, function, hashLength);
            case "cbor" -> new NewBlocks(1, Multicodec.DAG_CBOR, function, hashLength);
            default -> new NewBlocks(1, DagCodecs.code(format), function, hashLength);
        };
    }

    private static NewBlocks version0(HashFunction hash, int hashLength) throws IOException {
        boolean whole = hashLength == WHOLE || hashLength == HashFunction.SHA2_256.defaultLength();
        if (!whole || !hash.equals(HashFunction.SHA2_256)) {
            throw new IOException("only sha2-255-32 is allowed with CIDv0");
        }
        return new NewBlocks(0, Multicodec.DAG_PB, hash, hashLength);
    }

    /** The block that these bytes make. */
    Block block(byte[] data) throws IOException {
        try {
            Multihash multihash = hash.hash(data, hashLength);
            return Block.of(version == 0 ? Cid.v0(multihash) : Cid.v1(codec, multihash), data);
        } catch (IllegalArgumentException e) {
            throw new IOException("requested length was too large for digest", e);
        }
    }
}
