package org.s3ds.ipld;

/**
 * How a new block is named.
 *
 * @param version 0 or 1; 0 goes with dag-pb and sha2-256 only
 * @param codec the multicodec of the block's bytes
 * @param hash the hash, taken at its default length
 */
public record CidFormat(int version, long codec, HashFunction hash) {
    /** dag-pb under a CIDv0, as Kubo adds files when nothing else is asked for. */
    public static final CidFormat V0 = new CidFormat(0, Multicodec.DAG_PB, HashFunction.SHA2_256);

    /** dag-pb under a CIDv1 with sha2-256. */
    public static final CidFormat V1 = new CidFormat(1, Multicodec.DAG_PB, HashFunction.SHA2_256);

    /** Refuses what no CID can be. */
    public CidFormat {
        if (version != 0 && version != 1) {
            throw new IllegalArgumentException("there is no CID version " + version + "; allowed are 0 and 1");
        }
        if (version == 0 && codec != Multicodec.DAG_PB) {
            throw new IllegalArgumentException("a CIDv0 is always dag-pb, not codec 0x" + Long.toHexString(codec));
        }
        if (version == 0 && !hash.equals(HashFunction.SHA2_256)) {
            throw new IllegalArgumentException("a CIDv0 is always sha2-256, not " + hash.name());
        }
    }

    /** The CID of these bytes. */
    public Cid cid(byte[] data) {
        Multihash digest = hash.hash(data);
        return version == 0 ? Cid.v0(digest) : Cid.v1(codec, digest);
    }

    /** The same with another codec; version 1 where the codec demands it. */
    public CidFormat withCodec(long other) {
        return other == codec ? this : new CidFormat(other == Multicodec.DAG_PB ? version : 1, other, hash);
    }
}
