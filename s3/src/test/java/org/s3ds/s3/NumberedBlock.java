package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.HexFormat;
import org.s3ds.datastore.Key;

/** A block for each number. */
record NumberedBlock(int number) {
    private static final String SHA2_256 = "1220";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS_ADDED = 3;
    private static final int RADIX = 32;

    byte[] value() {
        return ("block " + number).getBytes(UTF_8);
    }

    /** Its multihash in base32. */
    Key key() {
        byte[] multihash = HexFormat.of().parseHex(SHA2_256 + DigestSigner.sha256Hex(value()));
        StringBuilder text = new StringBuilder("/");
        new BigInteger(1, multihash)
                .shiftLeft(BITS_ADDED)
                .toString(RADIX)
                .chars()
                .forEach(digit -> text.append(ALPHABET.charAt(Character.digit(digit, RADIX))));
        return Key.raw(text.toString());
    }
}
