package org.s3ds.ipld;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** How a base writes bytes, without the prefix of multibase. */
sealed interface BaseText {
    /** The bytes as text. */
    String encode(byte[] bytes);

    /** The bytes that a text spells; the base's name is for the message. */
    byte[] decode(String text, String base) throws FormatException;

    /** Digits of {@code bitsPerDigit} bits, the first bits first. */
    static BaseText bits(String digits, int bitsPerDigit) {
        return new Bits(new Alphabet(digits), bitsPerDigit, false);
    }

    /** The same, filled with {@code =} to where digits and bytes meet. */
    static BaseText paddedBits(String digits, int bitsPerDigit) {
        return new Bits(new Alphabet(digits), bitsPerDigit, true);
    }

    /** All bytes as one number; zero bytes before it are zero digits before it. */
    static BaseText number(String digits) {
        return new WholeNumber(new Alphabet(digits));
    }

    /**
     * Each digit holds some bits.
     *
     * @param bitsPerDigit 1 to 6
     * @param padded whether {@code =} fills the last group
     */
    record Bits(Alphabet alphabet, int bitsPerDigit, boolean padded) implements BaseText {
        @Override
        public String encode(byte[] bytes) {
            StringBuilder text = new StringBuilder(bytes.length * 8 / bitsPerDigit + 8);
            int pending = 0;
            int pendingBits = 0;
            for (byte b : bytes) {
                pending = (pending << 8) | (b & 0xFF);
                for (pendingBits += 8; pendingBits >= bitsPerDigit; pendingBits -= bitsPerDigit) {
                    text.append(digit(pending >>> (pendingBits - bitsPerDigit)));
                }
            }
            if (pendingBits > 0) {
                text.append(digit(pending << (bitsPerDigit - pendingBits)));
            }
            while (padded && text.length() % groupDigits() != 0) {
                text.append('=');
            }
            return text.toString();
        }

        private char digit(int bits) {
            return alphabet.digit(bits & ((1 << bitsPerDigit) - 1));
        }

        @Override
        public byte[] decode(String text, String base) throws FormatException {
            int digits = padded ? withoutPadding(text, base) : text.length();
            // base2 may leave out leading zeros, the others end in what did not fill a byte
            int pendingBits = bitsPerDigit == 1 ? (8 - digits % 8) % 8 : 0;
            byte[] bytes = new byte[(digits * bitsPerDigit + pendingBits) / 8];
            int pending = 0;
            int at = 0;
            for (int i = 0; i < digits; i++) {
                pending = (pending << bitsPerDigit) | alphabet.valueAt(text, i, base);
                pendingBits += bitsPerDigit;
                if (pendingBits >= 8) {
                    pendingBits -= 8;
                    bytes[at++] = (byte) (pending >>> pendingBits);
                }
            }
            if (pendingBits >= bitsPerDigit) {
                throw new FormatException("illegal " + base + " data at input byte " + digits);
            }
            return bytes;
        }

        /** How many digits come before the padding, which must fill the last group and no more. */
        private int withoutPadding(String text, String base) throws FormatException {
            int digits = text.length();
            while (digits > 0 && text.charAt(digits - 1) == '=') {
                digits--;
            }
            int needed = (groupDigits() - digits % groupDigits()) % groupDigits();
            if (text.length() - digits != needed) {
                throw new FormatException("illegal " + base + " data at input byte " + digits);
            }
            return digits;
        }

        /** The fewest digits that hold whole bytes. */
        private int groupDigits() {
            return switch (bitsPerDigit) {
                case 5 -> 8;
                case 6 -> 4;
                default -> 8 / bitsPerDigit;
            };
        }
    }

    /**
     * The bytes are one number. The work of reading grows with the square of the length, which is therefore bounded.
     */
    record WholeNumber(Alphabet alphabet) implements BaseText {
        private static final int LONGEST = 16_384;
        private static final int SHORT_BITS = 2_048;

        @Override
        public String encode(byte[] bytes) {
            int zeros = 0;
            while (zeros < bytes.length && bytes[zeros] == 0) {
                zeros++;
            }
            String zero = String.valueOf(alphabet.digit(0));
            return zero.repeat(zeros) + digits(new BigInteger(1, bytes));
        }

        /** Halves a long number, so that no stranger's megabytes make this take hours; zero has no digits. */
        private String digits(BigInteger number) {
            BigInteger base = BigInteger.valueOf(alphabet.size());
            if (number.bitLength() <= SHORT_BITS) {
                return shortDigits(number, base);
            }
            int half = (int) (number.bitLength() / (Math.log(alphabet.size()) / Math.log(2)) / 2);
            BigInteger[] parts = number.divideAndRemainder(base.pow(half));
            String low = digits(parts[1]);
            return digits(parts[0]) + String.valueOf(alphabet.digit(0)).repeat(half - low.length()) + low;
        }

        private String shortDigits(BigInteger number, BigInteger base) {
            StringBuilder backwards = new StringBuilder();
            for (BigInteger rest = number; rest.signum() > 0; ) {
                BigInteger[] parts = rest.divideAndRemainder(base);
                backwards.append(alphabet.digit(parts[1].intValue()));
                rest = parts[0];
            }
            return backwards.reverse().toString();
        }

        @Override
        public byte[] decode(String text, String base) throws FormatException {
            if (text.length() > LONGEST) {
                throw new FormatException(
                        "a text in " + base + " has at most " + LONGEST + " characters here, not " + text.length());
            }
            if (text.isEmpty()) {
                throw new FormatException("zero length string");
            }
            int zeros = 0;
            BigInteger number = BigInteger.ZERO;
            BigInteger size = BigInteger.valueOf(alphabet.size());
            for (int i = 0; i < text.length(); i++) {
                int value = alphabet.valueAt(text, i, base);
                zeros += value == 0 && zeros == i ? 1 : 0;
                number = number.multiply(size).add(BigInteger.valueOf(value));
            }
            return withZeros(zeros, number);
        }

        private static byte[] withZeros(int zeros, BigInteger number) {
            byte[] magnitude = number.toByteArray();
            int sign = magnitude[0] == 0 ? 1 : 0;
            byte[] bytes = new byte[zeros + magnitude.length - sign];
            System.arraycopy(magnitude, sign, bytes, zeros, magnitude.length - sign);
            return bytes;
        }
    }

    /** A character for each byte. */
    record Identity() implements BaseText {
        @Override
        public String encode(byte[] bytes) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }

        @Override
        public byte[] decode(String text, String base) throws FormatException {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) > 0xFF) {
                    throw new FormatException("illegal " + base + " data at input byte " + i);
                }
            }
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** A picture for each byte: the table of the multibase specification. */
    record Emoji() implements BaseText {
        private static final String TABLE = """
                🚀🪐☄🛰🌌🌑🌒🌓🌔🌕🌖🌗🌘🌍🌏🌎☉☀💻🖥💾💿\
                😂❤😍🤣😊🙏💕😭😘👍😅👏😁🔥🥰💔💖💙😢🤔😆🙄💪😉☺👌🤗💜😔😎\
                😇🌹🤦🎉💞✌✨🤷😱😌🌸🙌😋💗💚😏💛🙂💓🤩😄😀🖤😃💯🙈👇🎶😒🤭\
                ❣😜💋👀😪😑💥🙋😞😩😡🤪👊🥳😥🤤👉💃😳✋😚😝😴🌟😬🙃🍀🌷😻😓\
                ⭐✅🥺🌈😈🤘💦✔😣🏃💐☹🎊💘😠☝😕🌺🎂🌻😐🖕💝🙊😹🗣💫💀👑🎵\
                🤞😛🔴😤🌼😫⚽🤙☕🏆🤫👈😮🙆🍻🍃🐶💁😲🌿🧡🎁⚡🌞🎈❌✊👋😰🤨\
                😶🤝🚶💰🍓💢🤟🙁🚨💨🤬✈🎀🍺🤓😙💟🌱😖👶🥴▶➡❓💎💸⬇😨🌚🦋\
                😷🕺⚠🙅😟😵👎🤲🤠🤧📌🔵💅🧐🐾🍒😗🤑🌊🤯🐷☎💧😯💆👆🎤🙇🍑❄\
                🌴💣🐸💌📍🥀🤢👅💡💩👐📸👻🤐🤮🎼🥵🚩🍎🍊👼💍📣🥂\
                """;

        /** Split when this base is first used, which is seldom. */
        private static final class Digits {
            private static final int[] CODE_POINTS = TABLE.codePoints().toArray();
        }

        @Override
        public String encode(byte[] bytes) {
            StringBuilder text = new StringBuilder();
            for (byte b : bytes) {
                text.appendCodePoint(Digits.CODE_POINTS[b & 0xFF]);
            }
            return text.toString();
        }

        @Override
        public byte[] decode(String text, String base) throws FormatException {
            int[] pictures = text.codePoints().toArray();
            byte[] bytes = new byte[pictures.length];
            for (int i = 0; i < pictures.length; i++) {
                int value = 0;
                while (value < Digits.CODE_POINTS.length && Digits.CODE_POINTS[value] != pictures[i]) {
                    value++;
                }
                if (value == Digits.CODE_POINTS.length) {
                    throw new FormatException("illegal " + base + " data at character " + i);
                }
                bytes[i] = (byte) value;
            }
            return bytes;
        }
    }
}
