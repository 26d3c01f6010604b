package org.s3ds.cli;

import java.util.Locale;

/** Numbers of bytes as Kubo writes them for people, by thousands: two digits at least, unless it is bytes. */
final class HumanSize {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private HumanSize() {}

    /** Such as {@code 512 B} or {@code 1.2 MB}. */
    static String of(long bytes) {
        return of((double) bytes);
    }

    /** The same of numbers that no long is, such as {@code 18 EB}. */
    static String of(double bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        double rounded = Math.floor(value * 10 + 0.5) / 10;
        return String.format(Locale.ROOT, unit > 0 && rounded < 10 ? "%.1f %s" : "%.0f %s", rounded, UNITS[unit]);
    }
}
