package org.s3ds.s3;

import java.util.List;
import java.util.Optional;

/** A part of a listing: the names after one, up to and with another, and how far they have been listed. */
final class NameRange {
    /** Servers may give pages without a name, but not for ever. */
    private static final int MOST_EMPTY_PAGES = 100;

    private final PageCheck check;
    private Optional<String> end;
    private String position;
    private Optional<String> token = Optional.empty();
    private Optional<String> first = Optional.empty();
    private long seen;
    private double guess;
    private boolean whole;

    private int emptyPages;
    /** A token of before, against which later ones are held; it moves on ever more rarely, so that any loop ends. */
    private Optional<String> landmark = Optional.empty();

    private int pages;

    /**
     * A range of which nothing is listed.
     *
     * @param after names come after it
     * @param end and not after it; empty for no end
     * @param guess how many names it may have
     */
    NameRange(PageCheck check, String after, Optional<String> end, double guess) {
        this.check = check;
        this.position = after;
        this.end = end;
        this.guess = guess;
    }

    /** The last name listed, or the one that the range comes after. */
    String position() {
        return position;
    }

    /** What gives the next page; empty when there was no page. */
    Optional<String> token() {
        return token;
    }

    /** The name that the range ends with; empty for no end. */
    Optional<String> end() {
        return end;
    }

    /** The first name listed; the position when none is. */
    String first() {
        return first.orElse(position);
    }

    /** How many names are listed. */
    long seen() {
        return seen;
    }

    /** How many names it was thought to have when it was made, or last divided. */
    double guess() {
        return guess;
    }

    /**
     * Takes in the next page.
     *
     * @param names what it has of this range
     * @throws S3Exception when this does not go on
     */
    void turn(List<Listed> names, ListedPage page) throws S3Exception {
        Optional<String> next = page.next();
        emptyPages = names.isEmpty() ? emptyPages + 1 : 0;
        pages++;
        if (next.isPresent()) {
            check.goesOn(!next.equals(landmark) && !next.equals(token) && emptyPages < MOST_EMPTY_PAGES, page);
        }
        if (Integer.bitCount(pages) == 1) {
            landmark = next;
        }
        token = next;
        if (!names.isEmpty()) {
            first = first.or(() -> Optional.of(names.getFirst().name()));
            position = names.getLast().name();
            seen += names.size();
        }
    }

    boolean contains(String name) {
        return end.isEmpty() || name.compareTo(end.get()) <= 0;
    }

    /** Ends earlier: what comes after that name is another's to list. */
    void endAt(String name, double newGuess) {
        end = Optional.of(name);
        guess = newGuess;
    }

    /** Has no end any more: what was to be another's is its own again. */
    void goOnToTheEnd() {
        end = Optional.empty();
    }

    /** Whether it may have two parts; not when it was tried in vain. */
    boolean mayBeDivided() {
        return !whole;
    }

    /** Is not to be divided. */
    void leaveWhole() {
        whole = true;
    }
}
