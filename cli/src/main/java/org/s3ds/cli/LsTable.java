package org.s3ds.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.s3ds.ipld.unixfs.Entity;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.unixfs.Listed;

/** The lines of {@code ls}. */
final class LsTable {
    private static final Duration RECENT = Duration.ofDays(182);
    private static final Duration SOON = Duration.ofDays(1);
    private static final int STREAM_WIDTH = 10;
    private static final String PERMISSIONS = "rwxrwxrwx";
    private static final String UNKNOWN = "-";
    private static final DateTimeFormatter WITH_HOUR = format("MMM dd HH:mm");
    private static final DateTimeFormatter WITH_YEAR = format("MMM dd  yyyy");

    private final TerminalSession session;
    private final boolean size;
    private final boolean longFormat;
    private final boolean stream;
    private final Instant now;

    LsTable(TerminalSession session, boolean size, boolean longFormat, boolean stream, Instant now) {
        this.session = session;
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

    List<String> line(Listed listed) throws IOException {
        boolean directory = listed.entity().orElse(null) instanceof Entity.Directory;
        Metadata metadata = listed.entity().map(Entity::metadata).orElse(Metadata.NONE);
        return cells(
                mode(listed.entity(), metadata.mode()),
                session.text(listed.cid()),
                directory ? UNKNOWN : Long.toString(listed.size()),
                time(metadata),
                PrintableName.of(listed.name()) + (directory ? "/" : ""));
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

    /** As {@code ls -l} of a shell shows it. */
    private static String mode(Optional<Entity> entity, OptionalInt mode) {
        if (mode.isEmpty() || entity.isEmpty()) {
            return UNKNOWN;
        }
        int bits = mode.getAsInt();
        StringBuilder text = new StringBuilder(
                switch (entity.get()) {
                    case Entity.Directory directory -> "d";
                    case Entity.Symlink symlink -> "l";
                    case Entity.File file -> "-";
                });
        for (int i = 0; i < PERMISSIONS.length(); i++) {
            text.append((bits & 0400 >> i) != 0 ? PERMISSIONS.charAt(i) : '-');
        }
        special(text, 3, bits, 04000, 's');
        special(text, 6, bits, 02000, 's');
        special(text, 9, bits, 01000, 't');
        return text.toString();
    }

    /** Setuid, setgid and sticky stand where execute does, in upper case where nobody may execute. */
    private static void special(StringBuilder text, int at, int bits, int bit, char letter) {
        if ((bits & bit) != 0) {
            text.setCharAt(at, text.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
        }
    }

    private String time(Metadata metadata) {
        if (metadata.mtime().isEmpty()) {
            return UNKNOWN;
        }
        Instant time = Instant.ofEpochSecond(metadata.mtime().get().seconds());
        boolean recent = time.isBefore(now.plus(SOON)) && time.isAfter(now.minus(RECENT));
        return (recent ? WITH_HOUR : WITH_YEAR).format(time);
    }
}
