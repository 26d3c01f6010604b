package org.s3ds.node.upkeep;

import java.util.Locale;
import org.s3ds.ipld.Cid;

/**
 * A block that is not as it should be, and what was done about it.
 *
 * @param cid as a listing shows it: version 1, codec raw
 * @param kind what is wrong
 * @param error how that was seen
 * @param steps what was done, each with a comma before it; empty for nothing
 * @param gone whether it was removed, and nothing is in its place
 */
public record BadBlock(Cid cid, Kind kind, String error, String steps, boolean gone) {
    /** What is wrong with a block. */
    public enum Kind {
        /** Its bytes are not those of its hash. */
        CORRUPT("was corrupt"),
        /** It could not be read, while others could: nobody knows what it is. */
        UNREADABLE("could not be read"),
        /** Its hash is of a kind that nobody trusts. */
        UNCHECKED("was not checked");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** How it is called in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The sentence, in Kubo's words where it has some: {@code block bafkrei… was corrupt (…), removed, healed}. */
    public String sentence() {
        return "block " + cid + " " + kind.words + " (" + error + ")" + steps;
    }

    static BadBlock of(Cid cid, Kind kind, String error) {
        return new BadBlock(cid, kind, error, "", false);
    }

    BadBlock then(String step) {
        return new BadBlock(cid, kind, error, steps + ", " + step, gone);
    }

    BadBlock removed() {
        return new BadBlock(cid, kind, error, steps + ", removed", true);
    }
}
