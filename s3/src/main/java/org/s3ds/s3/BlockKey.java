package org.s3ds.s3;

import java.util.HexFormat;
import java.util.Optional;
import org.s3ds.datastore.Key;

/**
 * Reads a SHA-256 out of a block's key: upper-case base32 without padding of {@code 12 20} and 32 bytes of digest. Such
 * a key is 55 characters long and begins with {@code CIQ}.
 */
final class BlockKey {
    private static final Key BLOCKS = Key.of("blocks");
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int LENGTH = 55;
    private static final int MULTIHASH_LENGTH = 34;
    /** A shorter one is no hash that anybody trusts. */
    private static final int SHORTEST_DIGEST = 20;

    private BlockKey() {}

    /**
     * The digest that the key of a block promises for its value. Only a key directly below {@code /} or {@code /blocks}
     * is taken for a block's: deeper ones may hold hashes of other things.
     *
     * @return 64 lower-case hex digits; empty when the key is no block's, or of another hash function
     */
    static Optional<String> sha256Hex(Key key) {
        String text = key.base();
        boolean candidate = text.length() == LENGTH && text.startsWith("CIQ");
        if (!candidate || !(key.isTopLevel() || key.parent().equals(BLOCKS))) {
            return Optional.empty();
        }
        byte[] multihash = new byte[MULTIHASH_LENGTH];
        if (!decode(text, multihash) || multihash[0] != 0x12 || multihash[1] != 0x20) {
            return Optional.empty();
        }
        return Optional.of(HexFormat.of().formatHex(multihash, 2, MULTIHASH_LENGTH));
    }

    /**
     * Whether a key is that of a block, which no other value can have: base32, as above, of a multihash of any
     * function.
     */
    static boolean isBlock(Key key) {
        String text = key.base();
        byte[] multihash = new byte[text.length() * 5 / 8];
        if (!(key.isTopLevel() || key.parent().equals(BLOCKS)) || !decode(text, multihash)) {
            return false;
        }
        int length = afterVarint(multihash, 0);
        int digest = afterVarint(multihash, length);
        return multihash.length - digest >= SHORTEST_DIGEST
                && digest - length == 1
                && multihash.length - digest == multihash[length];
    }

    /** Where a varint ends that begins there; the end when it does not end. */
    private static int afterVarint(byte[] bytes, int begin) {
        int at = begin;
        while (at < bytes.length && bytes[at] < 0) {
            at++;
        }
        return Math.min(at + 1, bytes.length);
    }

    /** Whether the text is base32 of exactly so many bytes, with no bit set behind the last. */
    private static boolean decode(String text, byte[] into) {
        int bits = 0;
        int held = 0;
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) {
                return false;
            }
            bits = (bits << 5) | value;
            held += 5;
            if (held >= 8) {
                held -= 8;
                into[at++] = (byte) (bits >> held);
                bits &= (1 << held) - 1;
            }
        }
        return bits == 0;
    }
}
