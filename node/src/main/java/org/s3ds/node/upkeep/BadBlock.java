package org.s3ds.node.upkeep;

import java.util.Locale;
import org.s3ds.ipld.Cid;

/**
 * A block that is not as it should be, and what was done about it.
 *
 * @param cid as a listing shows it: version 1, codec raw
 * @param kind what is wrong
 * @param error how that was seen
 * @param lengths of a truncated one, how long it is and should be, in words; else empty
 * @param steps what was done, each with a comma before it; empty for nothing
 * @param fate what became of it
 */
public record BadBlock(Cid cid, Kind kind, String error, String lengths, String steps, Fate fate) {
    /** What became of a block that is not as it should be. */
    public enum Fate {
        /** It is as it was found. */
        LEFT,
        /** It was removed, and nothing is in its place. */
        GONE,
        /** A good copy is in its place. */
        HEALED
    }

    /** What is wrong with a block. */
    public enum Kind {
        /** Its bytes are not those of its hash. */
        CORRUPT("was corrupt"),
        /** The same, and they are more or fewer than they were when it was put. */
        TRUNCATED("was corrupt"),
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

    /** One whose bytes are not those of its hash. */
    static BadBlock corrupt(Cid cid) {
        return of(cid, Kind.CORRUPT, "block in storage has different hash than requested");
    }

    static BadBlock of(Cid cid, Kind kind, String error) {
        return new BadBlock(cid, kind, error, "", "", Fate.LEFT);
    }

    /** The same with another length than it should have. */
    BadBlock truncated(long size, long right) {
        String words = "it has " + size + " bytes, and had " + right;
        return new BadBlock(cid, Kind.TRUNCATED, error, words, steps, fate);
    }

    BadBlock then(String step) {
        return new BadBlock(cid, kind, error, lengths, steps + ", " + step, fate);
    }

    BadBlock removed() {
        return new BadBlock(cid, kind, error, lengths, steps + ", removed", Fate.GONE);
    }

    BadBlock healed() {
        return new BadBlock(cid, kind, error, lengths, steps + ", removed, healed", Fate.HEALED);
    }
}
