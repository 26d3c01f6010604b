package org.s3ds.ipld;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The ways to write bytes as text; the first character of the text tells which. */
public enum Multibase {
    /** The bytes as characters, one each (ISO 8859-1). */
    IDENTITY('\0', new BaseText.Identity()),
    /** Digits 0 and 1. */
    BASE2('0', BaseText.bits("01", 1)),
    /** RFC 4648 in lower case, without padding; how CIDs are usually written. */
    BASE32('b', BaseText.bits(Alphabets.BASE32, 5)),
    /** RFC 4648 without padding. */
    BASE32_UPPER('B', BaseText.bits(Alphabets.BASE32.toUpperCase(Locale.ROOT), 5)),
    /** RFC 4648 in lower case. */
    BASE32_PAD('c', BaseText.paddedBits(Alphabets.BASE32, 5)),
    /** RFC 4648. */
    BASE32_PAD_UPPER('C', BaseText.paddedBits(Alphabets.BASE32.toUpperCase(Locale.ROOT), 5)),
    /** Hexadecimal in lower case. */
    BASE16('f', BaseText.bits(Alphabets.BASE16, 4)),
    /** Hexadecimal in upper case. */
    BASE16_UPPER('F', BaseText.bits(Alphabets.BASE16.toUpperCase(Locale.ROOT), 4)),
    /** Digits and lower case letters; how IPNS names are written. */
    BASE36('k', BaseText.number(Alphabets.BASE36)),
    /** Digits and upper case letters. */
    BASE36_UPPER('K', BaseText.number(Alphabets.BASE36.toUpperCase(Locale.ROOT))),
    /** RFC 4648 without padding. */
    BASE64('m', BaseText.bits(Alphabets.BASE64, 6)),
    /** RFC 4648. */
    BASE64_PAD('M', BaseText.paddedBits(Alphabets.BASE64, 6)),
    /** RFC 4648's hex alphabet in lower case. */
    BASE32_HEX_PAD('t', BaseText.paddedBits(Alphabets.BASE32_HEX, 5)),
    /** RFC 4648's hex alphabet. */
    BASE32_HEX_PAD_UPPER('T', BaseText.paddedBits(Alphabets.BASE32_HEX.toUpperCase(Locale.ROOT), 5)),
    /** RFC 4648's alphabet for addresses and file names, without padding; how pins are keyed. */
    BASE64URL('u', BaseText.bits(Alphabets.BASE64URL, 6)),
    /** RFC 4648's alphabet for addresses and file names. */
    BASE64URL_PAD('U', BaseText.paddedBits(Alphabets.BASE64URL, 6)),
    /** RFC 4648's hex alphabet in lower case, without padding. */
    BASE32_HEX('v', BaseText.bits(Alphabets.BASE32_HEX, 5)),
    /** RFC 4648's hex alphabet, without padding. */
    BASE32_HEX_UPPER('V', BaseText.bits(Alphabets.BASE32_HEX.toUpperCase(Locale.ROOT), 5)),
    /** Bitcoin's alphabet; how a CIDv0 is written, though without the prefix. */
    BASE58BTC('z', BaseText.number(Alphabets.BASE58)),
    /** Flickr's alphabet: lower case before upper case. */
    BASE58FLICKR('Z', BaseText.number(Alphabets.BASE58_FLICKR)),
    /** A picture for each byte. */
    BASE256EMOJI(0x1F680, new BaseText.Emoji());

    private final int prefix;

    // its tables are written once, which the checker cannot see without an annotation library
    @SuppressWarnings("ImmutableEnumChecker")
    private final BaseText text;

    Multibase(int prefix, BaseText text) {
        this.prefix = prefix;
        this.text = text;
    }

    /**
     * The base with a name as multibase spells it, such as {@code base32upper}, or with a prefix, such as {@code B};
     * empty when there is none.
     */
    public static Optional<Multibase> byName(String name) {
        return Stream.of(values())
                .filter(base -> base.spelling().equals(name)
                        || Character.toString(base.prefix).equals(name))
                .findFirst();
    }

    /** The base that a text's first character tells; empty when there is none. */
    public static Optional<Multibase> ofText(String withPrefix) {
        return withPrefix.isEmpty()
                ? Optional.empty()
                : Stream.of(values())
                        .filter(base -> base.prefix == withPrefix.codePointAt(0))
                        .findFirst();
    }

    /**
     * The bytes that a text with a prefix spells. Letters count alike in either case where the base has but one. Bits
     * left over at the end may be anything, as in Go's decoders.
     *
     * @throws FormatException when the prefix is unknown, or the text not of this base
     */
    public static byte[] decode(String withPrefix) throws FormatException {
        if (withPrefix.isEmpty()) {
            throw new FormatException("cannot decode multibase for zero length string");
        }
        Optional<Multibase> base = ofText(withPrefix);
        if (base.isEmpty()) {
            throw new FormatException("selected encoding not supported");
        }
        return base.get().decodeBare(withPrefix.substring(Character.charCount(base.get().prefix)));
    }

    /** The name as multibase spells it, such as {@code base32upper}. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT).replace("_", "");
    }

    /** The code point that texts in this base begin with. */
    public int prefix() {
        return prefix;
    }

    /** The bytes as text, with the prefix. */
    public String encode(byte[] bytes) {
        return Character.toString(prefix) + encodeBare(bytes);
    }

    /** The bytes as text, without the prefix. */
    public String encodeBare(byte[] bytes) {
        return text.encode(bytes);
    }

    /**
     * The bytes that a text without prefix spells.
     *
     * @throws FormatException when the text is not of this base
     */
    public byte[] decodeBare(String bare) throws FormatException {
        return text.decode(bare, spelling());
    }

    /** Apart, since an enum's constants come before its other fields. */
    private static final class Alphabets {
        private static final String BASE16 = "0123456789abcdef";
        private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
        private static final String BASE32_HEX = "0123456789abcdefghijklmnopqrstuv";
        private static final String BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz";
        private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        private static final String BASE58_FLICKR = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
        private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    }
}
