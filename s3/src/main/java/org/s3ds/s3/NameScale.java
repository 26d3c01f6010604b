package org.s3ds.s3;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Names as numbers from 0 to 1, in their sequence: a name is read as a fraction whose digits are the characters that
 * names have been seen to be made of. Where keys are spread evenly, as hashes are, a distance is then a share of them.
 * Other characters count as the nearest digit: what is computed here is a guess, and never decides what is listed.
 */
final class NameScale {
    /** After any digit. */
    static final char HIGH = '~';

    /** What a {@code double} can tell apart, at 32 digits. */
    private static final int PRECISION = 10;

    private final BitSet seen = new BitSet();
    private char[] digits = {};

    /** Learns the characters of a name from one of them on. */
    void learn(String name, int from) {
        for (int i = from; i < name.length(); i++) {
            char each = name.charAt(i);
            if (isPlain(each) && !seen.get(each)) {
                seen.set(each);
                digits = new char[seen.cardinality()];
                int[] next = {0};
                seen.stream().forEach(digit -> digits[next[0]++] = (char) digit);
            }
        }
    }

    /** The place of a name among those that begin with {@code common}: 0 if it comes before them, 1 if after. */
    double of(String name, String common) {
        if (!name.startsWith(common)) {
            return name.compareTo(common) < 0 ? 0 : 1;
        }
        double place = 0;
        double unit = 1;
        for (int i = common.length(); i < Math.min(name.length(), common.length() + PRECISION); i++) {
            unit /= digits.length;
            place += unit * rank(name.charAt(i));
        }
        return Math.min(place, 1);
    }

    /** The shortest name that begins with {@code common} and has about this place: within {@code slack} below it. */
    String at(double place, String common, double slack) {
        StringBuilder name = new StringBuilder(common);
        double rest = place;
        double unit = 1;
        for (int i = 0; i < PRECISION && (i == 0 || rest > slack); i++) {
            unit /= digits.length;
            int digit = Math.clamp((long) (rest / unit), 0, digits.length - 1);
            name.append(digits[digit]);
            rest -= digit * unit;
        }
        return name.toString();
    }

    /** Whether there are digits enough to divide anything. */
    boolean divides() {
        return digits.length > 1;
    }

    /** Whether every server takes a name that ends so to start after. */
    static boolean isPlain(char each) {
        return (each >= 'a' && each <= 'z')
                || (each >= 'A' && each <= 'Z')
                || (each >= '0' && each <= '9')
                || each == '-'
                || each == '_'
                || each == '=';
    }

    /** What two names begin with. */
    static String common(String a, String b) {
        int length = 0;
        while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return a.substring(0, length);
    }

    private int rank(char each) {
        int found = Arrays.binarySearch(digits, each);
        return found < 0 ? -found - 1 : found;
    }
}
