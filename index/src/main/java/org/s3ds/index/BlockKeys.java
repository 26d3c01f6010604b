package org.s3ds.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Key;

/**
 * Keys such as {@code /CIQ…}, the base32 of a sha2-256 multihash, as 32 bytes that have the same order. They are not
 * quite the bytes of the hash: {@code 2} to {@code 7}, which stand for 26 to 31, come before the letters in text.
 */
final class BlockKeys {
    private static final String PREFIX = "/CIQ";
    private static final int LENGTH = 56;
    private static final int BYTES = 32;

    private static final String ANY = "234567ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    /** What can stand first behind the prefix: a bit of the prefix, and four. */
    private static final Letters FIRST = new Letters("ABCDEFGHIJKLMNOP", 4);

    private static final Letters MIDDLE = new Letters(ANY, 5);
    /** What can stand last: two bits, and three that are zero. */
    private static final Letters LAST = new Letters("AIQY", 2);

    private BlockKeys() {}

    /** The letters that can stand at a place, in their order. */
    private static final class Letters {
        private final String letters;
        private final int bits;
        private final byte[] codes = new byte[128];

        Letters(String letters, int bits) {
            this.letters = letters;
            this.bits = bits;
            Arrays.fill(codes, (byte) -1);
            for (int code = 0; code < letters.length(); code++) {
                codes[letters.charAt(code)] = (byte) code;
            }
        }

        /** Which it is; -1 when it cannot stand here. */
        int code(char letter) {
            return letter < codes.length ? codes[letter] : -1;
        }

        /** Which is the first of those behind a letter that cannot stand here; -1 when there is none. */
        int codeBehind(char letter) {
            int code = 0;
            while (code < letters.length() && letters.charAt(code) < letter) {
                code++;
            }
            return code < letters.length() ? code : -1;
        }
    }

    /** The bytes of such a key; null for any other. */
    static byte @Nullable [] bytes(Key key) {
        String text = key.toString();
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return null;
        }
        Packed packed = new Packed();
        for (int at = PREFIX.length(); at < LENGTH; at++) {
            Letters letters = at(at);
            int code = letters.code(text.charAt(at));
            if (code < 0) {
                return null;
            }
            packed.add(code, letters.bits);
        }
        return packed.bytes;
    }

    /** The key of these bytes. */
    static Key key(byte[] bytes) {
        StringBuilder text = new StringBuilder(LENGTH).append(PREFIX);
        int bit = 0;
        for (int at = PREFIX.length(); at < LENGTH; at++) {
            Letters letters = at(at);
            text.append(letters.letters.charAt(bits(bytes, bit, letters.bits)));
            bit += letters.bits;
        }
        return Key.raw(text.toString());
    }

    /** The least bytes of which the key is not before another one; empty when every key is. */
    static byte[] from(Key key) {
        String text = key.toString();
        if (!text.startsWith(PREFIX)) {
            return Key.BYTE_ORDER.compare(key, Key.raw(PREFIX)) < 0 ? new byte[BYTES] : new byte[0];
        }
        Packed packed = new Packed();
        for (int at = PREFIX.length(); at < LENGTH; at++) {
            Letters letters = at(at);
            int code = at < text.length() ? letters.code(text.charAt(at)) : 0;
            if (code < 0) {
                int behind = letters.codeBehind(text.charAt(at));
                return behind < 0 ? packed.next() : packed.with(behind, letters.bits);
            }
            packed.add(code, letters.bits);
        }
        return text.length() > LENGTH ? packed.next() : packed.bytes;
    }

    private static Letters at(int at) {
        return at == PREFIX.length() ? FIRST : at == LENGTH - 1 ? LAST : MIDDLE;
    }

    private static int bits(byte[] bytes, int from, int count) {
        int at = from / 8;
        int two = (bytes[at] & 0xff) << 8 | (at + 1 < BYTES ? bytes[at + 1] & 0xff : 0);
        return (two >> (16 - from % 8 - count)) & ((1 << count) - 1);
    }

    /** Bits, one after the other; those that are still to come are zero. */
    private static final class Packed {
        private final byte[] bytes = new byte[BYTES];
        private int size;

        void add(int code, int bits) {
            int at = size / 8;
            int two = code << (16 - size % 8 - bits);
            bytes[at] |= (byte) (two >> 8);
            if (at + 1 < BYTES) {
                bytes[at + 1] |= (byte) two;
            }
            size += bits;
        }

        byte[] with(int code, int bits) {
            add(code, bits);
            return bytes;
        }

        /** What follows everything that begins with these bits; empty when nothing does. */
        byte[] next() {
            for (int bit = size - 1; bit >= 0; bit--) {
                int mask = 0x80 >> bit % 8;
                bytes[bit / 8] ^= (byte) mask;
                if ((bytes[bit / 8] & mask) != 0) {
                    return bytes;
                }
            }
            return new byte[0];
        }
    }
}
