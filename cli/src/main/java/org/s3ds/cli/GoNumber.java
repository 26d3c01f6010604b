package org.s3ds.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Whole numbers and truth values in options as Go reads them: {@code 0x1f} is hexadecimal, {@code 0644} and
 * {@code 0o644} are octal, {@code 0b11} is binary; {@code t} and {@code 1} are true. So are the sentences for what is
 * none, which scripts may know.
 */
final class GoNumber {
    private GoNumber() {}

    /**
     * Reads a number.
     *
     * @param least the least that is allowed; 0 or more for a number that has no sign
     * @param most the most that is allowed
     * @throws IOException with Go's sentence
     */
    static long parse(String text, long least, long most) throws IOException {
        String function = least < 0 ? "ParseInt" : "ParseUint";
        if (!isNumber(text, least < 0)) {
            throw new IOException(sentence(function, text, "invalid syntax"));
        }
        try {
            long number = decode(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException(sentence(function, text, "value out of range"), e);
        }
        throw new IOException(sentence(function, text, "value out of range"));
    }

    /** Reads a number of 32 bits. */
    static int parseInt(String text) throws IOException {
        return (int) parse(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** Reads a number of 64 bits. */
    static long parseLong(String text) throws IOException {
        return parse(text, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Reads a number of 64 bits; empty when there is no text. */
    static OptionalLong parse(String text) throws IOException {
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(parse(text, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static boolean isNumber(String text, boolean signed) {
        String sign = signed ? "[+-]?" : "";
        return text.matches(sign + "(0|[1-9][0-9]*|0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+)");
    }

    private static long decode(String text) {
        String digits = text.replaceFirst("^[+-]", "").toLowerCase(Locale.ROOT);
        String sign = text.startsWith("-") ? "-" : "";
        if (digits.startsWith("0b")) {
            return Long.parseLong(sign + digits.substring(2), 2);
        }
        return Long.decode(sign + digits.replaceFirst("^0o", "0"));
    }

    /** Reads a truth value; no text at all is true. */
    static boolean parseBoolean(String text) throws IOException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "1", "t", "true" -> true;
            case "0", "f", "false" -> false;
            default -> throw new IOException(sentence("ParseBool", text.toLowerCase(Locale.ROOT), "invalid syntax"));
        };
    }

    private static String sentence(String function, String text, String reason) {
        return "strconv.%s: parsing \"%s\": %s".formatted(function, text, reason);
    }
}
