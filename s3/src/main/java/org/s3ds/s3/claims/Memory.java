package org.s3ds.s3.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a repo remembers of its claims on one place.
 *
 * @param repo its id: 32 hex digits
 * @param held the last claim that it surely made; empty before the first
 * @param intended those that it was about to make since then, and may have made: whoever is killed in between knows
 *     them again
 */
record Memory(String repo, Optional<Made> held, List<Made> intended) {
    private static final Pattern LAYOUT = Pattern.compile("\\{\"format\":1,\"repo\":\"([0-9a-f]{32})\",\"held\":(null|"
            + Made.LAYOUT + "),\"intended\":\\[((?:,?" + Made.LAYOUT + ")*)]}\n");

    /** One that is older was never made, or long ago. */
    private static final int MOST_INTENDED = 16;

    Memory {
        intended = List.copyOf(intended.subList(Math.max(0, intended.size() - MOST_INTENDED), intended.size()));
    }

    /** Of a repo that never made one. */
    static Memory fresh(String repo) {
        return new Memory(repo, Optional.empty(), List.of());
    }

    /** The memory in a text; empty when it is none. */
    static Optional<Memory> decode(String text) {
        Matcher layout = LAYOUT.matcher(text);
        if (!layout.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Memory(
                layout.group(1),
                all(layout.group(2)).findFirst(),
                all(layout.group(7)).toList()));
    }

    private static Stream<Made> all(String text) {
        return Made.PATTERN.matcher(text).results().map(Made::of);
    }

    /** As JSON. */
    String encode() {
        return "{\"format\":1,\"repo\":\"%s\",\"held\":%s,\"intended\":[%s]}\n"
                .formatted(
                        repo,
                        held.map(Made::encode).orElse("null"),
                        String.join(",", intended.stream().map(Made::encode).toList()));
    }

    /** About to make a claim. */
    Memory intending(Made made) {
        List<Made> more = new ArrayList<>(intended);
        more.add(made);
        return new Memory(repo, held, more);
    }

    /** Having made it. */
    Memory holding(Made made) {
        return new Memory(repo, Optional.of(made), List.of());
    }

    /** Whether it holds the place, as far as it knows. */
    boolean holds() {
        return held.isPresent() && !held.get().released();
    }

    /** Whether a claim is one of those that it made, or may have made, last. */
    boolean knows(ClaimRecord claim) {
        return claim.repo().equals(repo)
                && made().anyMatch(made -> made.session().equals(claim.session()));
    }

    /** The highest number it made or may have made; 0 for none. */
    long lastNumber() {
        return made().mapToLong(Made::number).max().orElse(0);
    }

    /** The highest generation it made or may have made; 0 for none. */
    long generation() {
        return made().mapToLong(Made::generation).max().orElse(0);
    }

    private Stream<Made> made() {
        return Stream.concat(held.stream(), intended.stream());
    }
}
