package org.s3ds.datastore;

/**
 * One thing that a {@link StoreDoctor} looked at.
 *
 * @param check what was looked at, such as {@code range}
 * @param verdict how it is
 * @param found what was seen, one line
 * @param advice what to set or to allow, one line; empty when nothing
 */
public record Finding(String check, Verdict verdict, String found, String advice) {
    /** How a thing is. */
    public enum Verdict {
        /** As it should be. */
        GOOD,
        /** The store works, but not as well, or not for ever. */
        WARNING,
        /** Could not be told, such as for want of a permission that the store itself does not need. */
        UNTOLD,
        /** The store would not work. */
        BAD
    }

    /** As it should be; no advice. */
    public static Finding good(String check, String found) {
        return new Finding(check, Verdict.GOOD, found, "");
    }

    /** The store works, but not as well, or not for ever. */
    public static Finding warning(String check, String found, String advice) {
        return new Finding(check, Verdict.WARNING, found, advice);
    }

    /** It could not be told. */
    public static Finding untold(String check, String found, String advice) {
        return new Finding(check, Verdict.UNTOLD, found, advice);
    }

    /** The store would not work. */
    public static Finding bad(String check, String found, String advice) {
        return new Finding(check, Verdict.BAD, found, advice);
    }
}
