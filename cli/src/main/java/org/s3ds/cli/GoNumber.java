package org.s3ds.cli;

import java.io.IOException;

/** Whole numbers in options as Go reads them: {@code 0x1f} is hexadecimal, {@code 0644} and {@code 0o644} are octal. */
final class GoNumber {
    private GoNumber() {}

    /**
     * Reads a number.
     *
     * @param option the option's name, for the sentence when it is none
     * @param least the least that is allowed
     * @param most the most that is allowed
     */
    static long parse(String text, String option, long least, long most) throws IOException {
        try {
            long number = Long.decode(text.startsWith("0o") ? "0" + text.substring(2) : text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw notConverted(text, option, least, most, e);
        }
        throw notConverted(text, option, least, most, null);
    }

    private static IOException notConverted(
            String text, String option, long least, long most, @org.jspecify.annotations.Nullable Throwable cause) {
        String type = (least < 0 ? "int" : "uint") + (most > Integer.MAX_VALUE * 2L + 1 ? "64" : "");
        return new IOException(
                "could not convert value \"%s\" to type \"%s\" (for option \"%s\")".formatted(text, type, option),
                cause);
    }
}
