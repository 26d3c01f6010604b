package org.s3ds.ipld;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers of dag-json, read and written as Kubo does. */
final class JsonNumber {
    /**
     * From here on, and below {@link #SMALL}, with an exponent. Kubo writes digits alone up to 1e21, and refuses to
     * read them: it takes them for a whole number that is too large.
     */
    private static final double LARGE = 0x1p63;

    private static final double SMALL = 1e-6;
    private static final MathContext ONE_DIGIT = new MathContext(1);

    private JsonNumber() {}

    /**
     * The number whose first byte was passed: a whole one, when it has neither a point nor an exponent. Where the
     * reader is loose, a point needs no digits behind it.
     *
     * @throws FormatException when it is none, a whole one outside of 64 bits with sign, or another that is too large
     */
    static Data read(JsonReader in, int first) throws FormatException {
        int start = in.offset() - 1;
        if (first != '-' && !isDigit(first)) {
            throw in.unexpected(first, "a value");
        }
        if (first == '-' && !in.passes('0')) {
            digits(in);
        } else if (first != '-' && first != '0') {
            skipDigits(in);
        }
        boolean hasPoint = in.passes('.');
        if (hasPoint && in.isLoose() && !isDigit(in.peek())) {
            return real(in, start);
        }
        if (hasPoint) {
            digits(in);
        }
        boolean hasExponent = in.passes('e') || in.passes('E');
        if (hasExponent) {
            in.skip(in.peek() == '+' || in.peek() == '-' ? 1 : 0);
            digits(in);
        }
        return hasPoint || hasExponent ? real(in, start) : whole(in, start);
    }

    private static boolean isDigit(int next) {
        return next >= '0' && next <= '9';
    }

    private static void digits(JsonReader in) throws FormatException {
        if (!isDigit(in.peek())) {
            throw in.unexpected(in.next(), "a digit");
        }
        skipDigits(in);
    }

    private static void skipDigits(JsonReader in) {
        while (isDigit(in.peek())) {
            in.skip(1);
        }
    }

    private static Data whole(JsonReader in, int start) throws FormatException {
        try {
            return Data.Int.of(Long.parseLong(in.ascii(start)));
        } catch (NumberFormatException e) {
            throw in.failure("a whole number outside of -2^63 to 2^63-1", start);
        }
    }

    private static Data real(JsonReader in, int start) throws FormatException {
        double value = Double.parseDouble(in.ascii(start));
        if (Double.isInfinite(value)) {
            throw in.failure("a number too large for 64 bits", start);
        }
        return new Data.Real(value);
    }

    /**
     * The shortest digits that are read as this again, as JavaScript writes them: {@code 0.1}, {@code 5}, {@code 1e-7}.
     */
    static String write(double value) {
        if (value == 0) {
            return Double.doubleToRawLongBits(value) == 0 ? "0" : "-0";
        }
        BigDecimal digits = shortest(value);
        double size = Math.abs(value);
        return size >= SMALL && size < LARGE ? digits.toPlainString() : scientific(digits);
    }

    /** Java has two digits at least, and takes the nearest of two where one would do. */
    private static BigDecimal shortest(double value) {
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal one = digits.round(ONE_DIGIT);
        return digits.precision() == 2 && one.doubleValue() == value ? one : digits;
    }

    private static String scientific(BigDecimal digits) {
        String unscaled = digits.unscaledValue().abs().toString();
        int exponent = unscaled.length() - 1 - digits.scale();
        String fraction = unscaled.length() == 1 ? "" : "." + unscaled.substring(1);
        String sign = digits.signum() < 0 ? "-" : "";
        return sign + unscaled.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }
}
