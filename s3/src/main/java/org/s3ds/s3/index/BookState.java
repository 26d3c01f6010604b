package org.s3ds.s3.index;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is written of a whole index.
 *
 * @param epoch rises each time that nothing written before is to be believed
 * @param isComplete whether every key of the place is in it
 * @param claim the claim under which it was written; blank for none
 * @param era the repo's, in which it was written
 * @param writer the run of a machine, and the folder, in which a process writes, or was killed; blank when it was
 *     closed
 */
record BookState(long epoch, boolean isComplete, String claim, String era, String writer) {
    private static final String FORMAT = "1";
    private static final String LINE = "\n";
    private static final int LINES = 6;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** Of an index that knows nothing: of no era. */
    static final BookState NONE = new BookState(1, false, "", "", "");

    /** In an epoch that is no earlier than another. */
    BookState after(long otherEpoch) {
        return new BookState(Math.max(epoch, otherEpoch), isComplete, claim, era, writer);
    }

    /** Nothing of before is to be believed. */
    BookState anew(String newClaim, String newEra) {
        return new BookState(epoch + 1, false, newClaim, newEra, writer);
    }

    BookState complete() {
        return new BookState(epoch, true, claim, era, writer);
    }

    BookState claimed(String newClaim) {
        return new BookState(epoch, isComplete, newClaim, era, writer);
    }

    BookState writtenBy(String newWriter) {
        return new BookState(epoch, isComplete, claim, era, newWriter);
    }

    byte[] encode() {
        return String.join(LINE, FORMAT, Long.toString(epoch), Boolean.toString(isComplete), claim, era, writer)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** From bytes; empty when they are not understood. */
    static Optional<BookState> decode(byte[] bytes) {
        List<String> lines = List.of(new String(bytes, StandardCharsets.UTF_8).split(LINE, -1));
        if (lines.size() < LINES
                || !lines.getFirst().equals(FORMAT)
                || !NUMBER.matcher(lines.get(1)).matches()) {
            return Optional.empty();
        }
        return Optional.of(new BookState(
                Long.parseLong(lines.get(1)),
                Boolean.parseBoolean(lines.get(2)),
                lines.get(3),
                lines.get(4),
                lines.get(5)));
    }
}
