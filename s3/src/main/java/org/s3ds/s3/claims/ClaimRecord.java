package org.s3ds.s3.claims;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.s3ds.datastore.AccessException;

/**
 * What a claim says.
 *
 * @param repo who made it: 32 hex digits that a repo keeps
 * @param generation rises with each claim of one repo
 * @param session which session of the repo made it: 32 hex digits, never the same twice
 * @param since when its repo came to hold the place, as others held it before or nobody
 * @param time when it was made, which each session does anew
 * @param host on which machine, in printable ASCII
 * @param released whether it says that nobody holds the place any more
 */
record ClaimRecord(
        String repo, long generation, String session, Instant since, Instant time, String host, boolean released) {
    /** No claim is larger. */
    static final int MOST_BYTES = 4096;

    private static final int FORMAT = 1;
    private static final int LONGEST_HOST = 100;

    /** JSON in this layout alone: nobody but s3ds writes one, and what else it might be is not for guessing. */
    private static final Pattern LAYOUT =
            Pattern.compile("\\{\"format\":1,\"repo\":\"([0-9a-f]{32})\",\"generation\":([0-9]{1,16}),"
                    + "\"session\":\"([0-9a-f]{32})\",\"since\":\"([^\"]{1,40})\",\"time\":\"([^\"]{1,40})\",\"host\":\"([^\"]*)\","
                    + "\"released\":(true|false)}\n");

    private static final Pattern OTHER_FORMAT = Pattern.compile("\\{\"format\":([0-9]{1,9})[,}].*", Pattern.DOTALL);

    /** Makes the host fit for a message. */
    ClaimRecord {
        String printable = host.replaceAll("[^ -!#-\\[\\]-~]", "?");
        host = printable.substring(0, Math.min(LONGEST_HOST, printable.length()));
    }

    /** As JSON. */
    byte[] encode() {
        return ("{\"format\":%d,\"repo\":\"%s\",\"generation\":%d,\"session\":\"%s\",\"since\":\"%s\",\"time\":\"%s\",\"host\":\"%s\","
                        + "\"released\":%b}\n")
                .formatted(FORMAT, repo, generation, session, since, time, host, released)
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads one.
     *
     * @param name what it is called, for the sentence
     * @throws AccessException when it is no claim, or one that this version cannot read
     */
    static ClaimRecord decode(byte[] bytes, String name) throws AccessException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Matcher layout = LAYOUT.matcher(text);
        if (!layout.matches()) {
            Matcher other = OTHER_FORMAT.matcher(text);
            throw other.matches() && Integer.parseInt(other.group(1)) > FORMAT
                    ? Refusals.newer(name, Integer.parseInt(other.group(1)))
                    : Refusals.unreadable(name);
        }
        try {
            return new ClaimRecord(
                    layout.group(1),
                    Long.parseLong(layout.group(2)),
                    layout.group(3),
                    Instant.parse(layout.group(4)),
                    Instant.parse(layout.group(5)),
                    layout.group(6),
                    layout.group(7).equals("true"));
        } catch (DateTimeException e) {
            throw Refusals.unreadable(name);
        }
    }
}
