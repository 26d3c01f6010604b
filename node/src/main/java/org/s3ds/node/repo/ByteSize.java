package org.s3ds.node.repo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of bytes as Kubo's config has it: {@code 10GB}, {@code 1.5 TiB}, {@code 1,000}. */
public final class ByteSize {
    /** The greatest that Kubo knows: 2<sup>64</sup> - 1. */
    public static final BigDecimal MOST = new BigDecimal("18446744073709551615");

    private static final String LETTERS = "kmgtpe";
    private static final Pattern FORM =
            Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)\\s*(?:([" + LETTERS + "])(i?))?b?\\s*", Pattern.CASE_INSENSITIVE);

    private ByteSize() {}

    /**
     * The number of bytes; a fraction of one is left off.
     *
     * @param where the config's key, for the error
     * @throws ConfigException when the text is no such amount
     */
    public static BigDecimal parse(String text, String where) throws ConfigException {
        Matcher form = FORM.matcher(text.replace(",", ""));
        if (form.matches()) {
            BigDecimal bytes =
                    new BigDecimal(form.group(1)).multiply(factor(form)).setScale(0, RoundingMode.DOWN);
            if (bytes.compareTo(MOST) < 0) {
                return bytes;
            }
        }
        throw new ConfigException(where + " is \"" + text
                + "\", which is no amount of bytes; it may be a number with a unit from B, kB and KiB to EB and EiB,"
                + " such as 10GB, and less than 16 EiB");
    }

    private static BigDecimal factor(Matcher form) {
        String letter = form.group(2);
        int power = letter == null ? 0 : LETTERS.indexOf(letter.toLowerCase(Locale.ROOT)) + 1;
        return form.group(3) == null || form.group(3).isEmpty()
                ? BigDecimal.TEN.pow(3 * power)
                : BigDecimal.TWO.pow(10 * power);
    }
}
