package org.s3ds.ipld;

import java.util.Arrays;
import java.util.Locale;

/** The digits of a base, all in ASCII. Digits that have letters of one case only are read in either. */
final class Alphabet {
    private static final int ASCII = 128;

    private final char[] digits;
    private final byte[] values = new byte[ASCII];

    Alphabet(String digits) {
        this.digits = digits.toCharArray();
        Arrays.fill(values, (byte) -1);
        note(digits);
        if (digits.equals(digits.toLowerCase(Locale.ROOT)) || digits.equals(digits.toUpperCase(Locale.ROOT))) {
            note(digits.toLowerCase(Locale.ROOT));
            note(digits.toUpperCase(Locale.ROOT));
        }
    }

    private void note(String spelling) {
        for (int value = 0; value < spelling.length(); value++) {
            values[spelling.charAt(value)] = (byte) value;
        }
    }

    int size() {
        return digits.length;
    }

    char digit(int value) {
        return digits[value];
    }

    /** The value of the digit at {@code index} of a text in the base of that name. */
    int valueAt(String text, int index, String base) throws FormatException {
        char digit = text.charAt(index);
        int value = digit < ASCII ? values[digit] : -1;
        if (value < 0) {
            throw new FormatException("illegal " + base + " data at input byte " + index);
        }
        return value;
    }
}
