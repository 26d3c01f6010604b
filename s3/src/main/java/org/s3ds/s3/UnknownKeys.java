package org.s3ds.s3;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Keys of a spec that {@link SpecKey} does not know, and what each was meant to be. */
final class UnknownKeys {
    private static final List<String> MEANINGFUL =
            Arrays.stream(SpecKey.values()).map(SpecKey::key).toList();
    /** What a mount adds to the spec of its store, and the prefix that Kubo's own defaults leave there. */
    private static final List<String> OF_OTHERS = List.of("type", "mountpoint", "prefix");

    private UnknownKeys() {}

    static List<String> warnings(Collection<String> keys) {
        List<String> warnings = new ArrayList<>();
        for (String key : keys.stream().sorted().toList()) {
            if (!MEANINGFUL.contains(key) && !OF_OTHERS.contains(key)) {
                warnings.add(warning(key));
            }
        }
        return warnings;
    }

    private static String warning(String key) {
        return nearest(key)
                .map(known -> "unknown key \"" + key + "\"; did you mean \"" + known + "\"?")
                .orElseGet(() -> "unknown key \"" + key + "\"; known are " + String.join(", ", MEANINGFUL));
    }

    private static Optional<String> nearest(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        Optional<String> close = MEANINGFUL.stream()
                .min(Comparator.comparingInt(known -> distance(lower, known.toLowerCase(Locale.ROOT))))
                .filter(known -> distance(lower, known.toLowerCase(Locale.ROOT)) <= Math.max(2, known.length() / 3));
        return close.or(() -> containing(lower));
    }

    /** Such as {@code regionEndpoint} for {@code endpoint}. */
    private static Optional<String> containing(String lower) {
        return MEANINGFUL.stream()
                .filter(known ->
                        lower.length() >= 4 && known.toLowerCase(Locale.ROOT).contains(lower))
                .findFirst();
    }

    /** Characters to insert, remove or replace to make one text of the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
