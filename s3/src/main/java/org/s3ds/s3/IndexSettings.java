package org.s3ds.s3;

import java.time.Duration;

/**
 * What a store may know without asking.
 *
 * @param isOn whether it keeps an index, where its node has room for one
 * @param presentFor how long a value that was seen is held to be there, where others may delete it; 0 to 24 h
 * @param absentFor how long a value that was not there is held to be absent, where others may store it; 0 to 24 h
 */
public record IndexSettings(boolean isOn, Duration presentFor, Duration absentFor) {
    private static final Duration LONGEST = Duration.ofHours(24);

    /** As they are when a spec says nothing. */
    public static final IndexSettings STANDARD =
            new IndexSettings(true, Duration.ofMinutes(10), Duration.ofSeconds(10));

    /** Checks what no spec may say. */
    public IndexSettings {
        check(SpecKey.INDEX_PRESENT_FOR, presentFor);
        check(SpecKey.INDEX_ABSENT_FOR, absentFor);
    }

    private static void check(SpecKey key, Duration value) {
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new WrongSetting(key, GoDuration.text(value));
        }
    }
}
