package org.s3ds.node.pins;

import java.nio.charset.StandardCharsets;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;

/**
 * What is stored for a pin, a CBOR map with its keys in the order {@code cid}, {@code metadata}, {@code mode},
 * {@code name}. The CID is plain bytes: this is not DAG-CBOR.
 *
 * @param cid what is pinned; version and codec count, so CIDv0 and CIDv1 of a block are pinned apart
 * @param mode how much of it
 * @param name empty for none
 */
public record PinRecord(Cid cid, PinMode mode, String name) {
    /** The most bytes a name has in UTF-8. */
    public static final int LONGEST_NAME = 255;

    /**
     * A record to be written.
     *
     * @throws PinException when the name is too long; one that was written elsewhere may be longer
     */
    static PinRecord checked(Cid cid, PinMode mode, String name) throws PinException {
        checkName(name);
        return new PinRecord(cid, mode, name);
    }

    /** Refuses a name that is longer than {@value #LONGEST_NAME} bytes. */
    public static void checkName(String name) throws PinException {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_NAME) {
            throw new PinException("pin name is " + bytes + " bytes (max " + LONGEST_NAME + " bytes)");
        }
    }

    /** The bytes that Kubo writes. */
    public byte[] encode() {
        CborWriter out = new CborWriter().map(name.isEmpty() ? 2 : 3);
        out.text("cid").bytes(cid.toBytes()).text("mode").unsigned(mode.code());
        if (!name.isEmpty()) {
            out.text("name").text(name);
        }
        return out.toBytes();
    }

    /**
     * The record in these bytes. Metadata, which Kubo never writes, and keys that are not known are read over.
     *
     * @throws FormatException when the bytes are not such a record
     */
    public static PinRecord decode(byte[] bytes) throws FormatException {
        CborReader in = new CborReader(bytes);
        byte[] cid = new byte[0];
        PinMode mode = PinMode.RECURSIVE;
        String name = "";
        boolean hasMode = false;
        for (long left = in.map(); left > 0; left--) {
            switch (in.text()) {
                case "cid" -> cid = in.bytes();
                case "mode" -> {
                    mode = mode(in.unsigned());
                    hasMode = true;
                }
                case "name" -> name = in.text();
                default -> in.skip();
            }
        }
        in.end();
        if (cid.length == 0 || !hasMode) {
            throw new FormatException("a pin record lacks its " + (hasMode ? "cid" : "mode"));
        }
        return new PinRecord(Cid.decode(cid), mode, name);
    }

    private static PinMode mode(long code) throws FormatException {
        return PinMode.ofCode(code)
                .orElseThrow(() -> new FormatException(
                        "a pin record has mode " + code + "; known are 0 (recursive) and 1 (direct)"));
    }
}
