package org.s3ds.cli;

import java.util.Locale;

/** Numbers of bytes as people read them. */
final class Amount {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Amount() {}

    /** Such as {@code 512 B} or {@code 1.25 GiB}. */
    static String of(long bytes) {
        return of((double) bytes);
    }

    /** The same for an amount in a second. */
    static String of(double bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.2f %s", value, UNITS[unit]);
    }
}
