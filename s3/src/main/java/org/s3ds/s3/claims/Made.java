package org.s3ds.s3.claims;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A claim of this repo, as it remembers it.
 *
 * @param number of the object
 * @param generation the repo's, rises with each claim
 * @param session 32 hex digits, never the same twice
 * @param released whether it says that the place is given up
 */
public record Made(long number, long generation, String session, boolean released) {
    /** How one is written. */
    static final String LAYOUT = "\\{\"number\":([0-9]{1,16}),\"generation\":([0-9]{1,16}),"
            + "\"session\":\"([0-9a-f]{32})\",\"released\":(true|false)}";

    static final Pattern PATTERN = Pattern.compile(LAYOUT);

    static Made of(MatchResult match) {
        return new Made(
                Long.parseLong(match.group(1)),
                Long.parseLong(match.group(2)),
                match.group(3),
                match.group(4).equals("true"));
    }

    /** As JSON. */
    String encode() {
        return "{\"number\":%d,\"generation\":%d,\"session\":\"%s\",\"released\":%b}"
                .formatted(number, generation, session, released);
    }
}
