package org.s3ds.cli;

import java.util.Locale;
import java.util.Map;

/**
 * File names as they are shown: what cannot be printed, and the backslash, as Go escapes them, so that a line stays
 * one.
 */
final class PrintableName {
    private static final Map<Integer, String> ESCAPES = Map.of(
            0x07,
            "\\a",
            0x08,
            "\\b",
            0x09,
            "\\t",
            0x0a,
            "\\n",
            0x0b,
            "\\v",
            0x0c,
            "\\f",
            0x0d,
            "\\r",
            (int) '\\',
            "\\\\");

    private PrintableName() {}

    /** The name as it is shown. */
    static String of(String name) {
        StringBuilder shown = new StringBuilder(name.length());
        name.codePoints().forEach(c -> shown.append(shown(c)));
        return shown.toString();
    }

    private static String shown(int c) {
        String escape = ESCAPES.get(c);
        if (escape != null) {
            return escape;
        }
        if (isPrintable(c)) {
            return Character.toString(c);
        }
        String format = c < 0x80 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
        return String.format(Locale.ROOT, format, c);
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
