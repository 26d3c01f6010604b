package org.s3ds.datastore;

import java.util.HexFormat;

/**
 * A SHA-256 of some bytes.
 *
 * @param hex 64 digits, the letters small
 */
public record Sha256(String hex) {
    private static final int LENGTH = 32;

    /** Refuses what is none. */
    public Sha256 {
        if (hex.length() != 2 * LENGTH || !hex.chars().allMatch(digit -> "0123456789abcdef".indexOf(digit) >= 0)) {
            throw new IllegalArgumentException("a SHA-256 has 64 hex digits, not \"" + hex + "\"");
        }
    }

    /**
     * That with this digest.
     *
     * @throws IllegalArgumentException when it has not 32 bytes
     */
    public static Sha256 of(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    @Override
    public String toString() {
        return hex;
    }
}
