package org.s3ds.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines of {@code ls}. */
final class LsTable {
    /** What Kubo tells of an entry that has no time. */
    static final String NO_TIME = "0001-01-01T00:00:00Z";

    private static final Duration RECENT = Duration.ofDays(182);
    private static final Duration SOON = Duration.ofDays(1);
    private static final int STREAM_WIDTH = 10;
    private static final String UNKNOWN = "-";
    private static final DateTimeFormatter WITH_HOUR = format("MMM dd HH:mm");
    private static final DateTimeFormatter WITH_YEAR = format("MMM dd  yyyy");

    private final boolean size;
    private final boolean longFormat;
    private final boolean stream;
    private final Instant now;

    LsTable(boolean size, boolean longFormat, boolean stream, Instant now) {
        this.size = size;
        this.longFormat = longFormat;
        this.stream = stream;
        this.now = now;
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** A table for lines of these; one line alone keeps its columns as wide as they are likely to be. */
    AlignedTable aligned() {
        return new AlignedTable(stream ? STREAM_WIDTH : 1);
    }

    List<String> header() {
        return cells("Mode", "Hash", "Size", "ModTime", "Name");
    }

    List<String> line(Fields entry) {
        boolean directory = entry.number("Type") == LsLinks.DIRECTORY;
        return cells(
                entry.number("Mode") == 0 ? UNKNOWN : GoFileMode.listed(entry.number("Mode")),
                entry.text("Hash"),
                directory ? UNKNOWN : Long.toString(entry.number("Size")),
                time(entry.text("ModTime")),
                PrintableName.of(entry.text("Name")) + (directory ? "/" : ""));
    }

    private List<String> cells(String mode, String cid, String bytes, String time, String name) {
        List<String> cells = new ArrayList<>();
        if (longFormat) {
            cells.add(mode);
        }
        cells.add(cid);
        if (size) {
            cells.add(bytes);
        }
        if (longFormat) {
            cells.add(time);
        }
        cells.add(name);
        return cells;
    }

    private String time(String text) {
        if (text.equals(NO_TIME)) {
            return UNKNOWN;
        }
        Instant time = Instant.parse(text);
        boolean recent = time.isBefore(now.plus(SOON)) && time.isAfter(now.minus(RECENT));
        return (recent ? WITH_HOUR : WITH_YEAR).format(time);
    }
}
