package org.s3ds.ipld;

/** Bytes and the CID that names them. */
public final class Block {
    private final Cid cid;
    private final byte[] data;

    private Block(Cid cid, byte[] data) {
        this.cid = cid;
        this.data = data;
    }

    /** A block whose bytes are known to belong to the CID: nothing is checked, nothing copied. */
    public static Block of(Cid cid, byte[] data) {
        return new Block(cid, data);
    }

    /** The block that these bytes make when named in this format. The array is not copied. */
    public static Block hash(CidFormat format, byte[] data) {
        return new Block(format.cid(data), data);
    }

    /** The name. */
    public Cid cid() {
        return cid;
    }

    /** The bytes: not a copy, not to be changed. */
    public byte[] data() {
        return data;
    }

    /** How many bytes. */
    public int size() {
        return data.length;
    }

    @Override
    public String toString() {
        return cid + " (" + data.length + " bytes)";
    }
}
