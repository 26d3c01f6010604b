package org.s3ds.cli;

import java.util.Locale;

/** Bytes in hexadecimal, sixteen a line, with what of them is ASCII beside them, as {@code hexdump -C} has it. */
final class HexDump {
    private static final int WIDTH = 16;

    private final byte[] bytes;

    /** Of these, which are not copied. */
    HexDump(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < bytes.length; at += WIDTH) {
            line(text, at, Math.min(bytes.length, at + WIDTH));
        }
        return text.toString();
    }

    private void line(StringBuilder text, int from, int end) {
        text.append(String.format(Locale.ROOT, "%08x ", from));
        for (int at = from; at < from + WIDTH; at++) {
            text.append(at < end ? String.format(Locale.ROOT, " %02x", bytes[at]) : "   ");
            text.append(at == from + WIDTH / 2 - 1 ? " " : "");
        }
        text.append("  |");
        for (int at = from; at < end; at++) {
            text.append(bytes[at] >= ' ' && bytes[at] < 127 ? (char) bytes[at] : '.');
        }
        text.append("|\n");
    }
}
