package org.s3ds.s3;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.DatastoreException;

/**
 * Which pages of a long listing to ask for, so that many can be asked for at once. The names are divided into ranges,
 * each listed page by page; whoever has nothing to do takes half of what the longest range seems to have left, even
 * while its next page is under way. The ranges always make up the whole, and what a page shows of another's range is
 * left to the other: so nothing is missed and nothing comes twice, whatever the names and however wrong the guesses.
 *
 * <p>Where names end is not known at first. A listing that began with {@code CIQA…} and has no end is cut behind all
 * {@code CIQA…}, and again behind all {@code CIQ…}; what comes after that is a range without an end in its turn.
 *
 * <p>Not for use by two threads at once.
 */
final class RangePlan {
    /** Of a range shorter than this a half is not worth a request. */
    private static final double WORTH_DIVIDING = 2.0 * S3Bucket.PAGE;
    /** The same of one of which nothing is listed, in a listing that is gone on with. */
    private static final double WORTH_DIVIDING_UNSEEN = 16.0 * S3Bucket.PAGE;
    /** For each page with names there may be so many ranges of which nothing is listed yet. */
    private static final long UNKNOWN_TO_A_PAGE = 4;
    /** How far from the middle a range may be divided, as a share of it, for the sake of a short name. */
    private static final double SLACK = 0.05;

    private final String prefix;
    private final PageCheck check;
    private final NameScale scale;
    private final List<NameRange> ranges = new ArrayList<>();
    private final Deque<NameRange> ready = new ArrayDeque<>();
    /** Whether it began with the first names of all: then those that follow may be guessed by them. */
    private final boolean isFresh;

    private int made;

    /** How many parts there are that come page after page at first: a range more may be a request more. */
    private int alone;

    private long pages = Listing.PAGES_ALONE;

    /**
     * The rest of a listing.
     *
     * @param prefix what all names begin with
     * @param begun what is listed already, up to a token
     * @param scale has learnt the names so far
     */
    RangePlan(String prefix, PageCheck check, NameRange begun, NameScale scale) {
        this.prefix = prefix;
        this.check = check;
        this.scale = scale;
        this.isFresh = true;
        cut(begun);
        add(begun);
    }

    /** Some parts of a listing, of which nothing is listed. */
    RangePlan(String prefix, PageCheck check, List<NameRange> parts, NameScale scale) {
        this.prefix = prefix;
        this.check = check;
        this.scale = scale;
        this.isFresh = false;
        this.alone = parts.size();
        parts.forEach(this::add);
    }

    /**
     * What a page has shown.
     *
     * @param names those of it that belong to the range
     * @param after the part that it covers begins behind this name
     * @param upTo and ends with this one; empty when nothing comes after it
     */
    record Part(List<Listed> names, String after, Optional<String> upTo) {}

    /** A range whose next page is to be asked for now; empty when there is none, or none until a page is here. */
    Optional<NameRange> take() {
        if (ready.isEmpty()) {
            divide();
        }
        return Optional.ofNullable(ready.poll());
    }

    /**
     * Takes in the page that was asked for.
     *
     * @throws DatastoreException when the page cannot be right
     */
    Part turned(NameRange range, ListedPage page) throws DatastoreException {
        check.ascends(range.position(), page);
        String after = range.position();
        List<Listed> all = page.objects();
        int size = all.size();
        while (size > 0 && !range.contains(all.get(size - 1).name())) {
            size--;
        }
        List<Listed> kept = all.subList(0, size);
        kept.forEach(listed -> scale.learn(listed.name(), prefix.length()));
        pages += kept.isEmpty() ? 0 : 1;
        range.turn(kept, page);
        boolean atEnd = range.end().filter(range.position()::equals).isPresent();
        if (page.next().isEmpty() || size < all.size() || atEnd) {
            ranges.remove(range);
            return new Part(kept, after, range.end());
        }
        ready.add(range);
        return new Part(kept, after, Optional.of(range.position()));
    }

    /** Whether there is more than one range; the first one taken then begins with a name, and not with a token. */
    boolean isDivided() {
        return made > 1;
    }

    /** Whether everything is listed. */
    boolean isDone() {
        return ranges.isEmpty();
    }

    /** How many ranges there have been. */
    int ranges() {
        return made;
    }

    private void add(NameRange range) {
        made++;
        ranges.add(range);
        ready.add(range);
    }

    /** Does nothing while there are many ranges of which nothing is known: their names may be few. */
    private void divide() {
        if (pages < (long) Listing.PAGES_ALONE * (1 + alone)) {
            return;
        }
        long unknown = ranges.stream().filter(range -> range.seen() == 0).count();
        if (unknown >= UNKNOWN_TO_A_PAGE * pages) {
            return;
        }
        Optional<NameRange> endless = ranges.stream()
                .filter(range -> range.mayBeDivided() && range.end().isEmpty() && range.seen() >= S3Bucket.PAGE)
                .findFirst();
        if (endless.isEmpty() || !cut(endless.get())) {
            ranges.stream()
                    .filter(range -> range.mayBeDivided() && range.end().isPresent() && isLong(range))
                    .max(Comparator.comparingDouble(this::left))
                    .ifPresent(this::halve);
        }
    }

    private boolean isLong(NameRange range) {
        return left(range) >= (isFresh || range.seen() > 0 ? WORTH_DIVIDING : WORTH_DIVIDING_UNSEEN);
    }

    /** Gives a range an end behind the names that begin like those seen of it; says whether it could. */
    private boolean cut(NameRange range) {
        String common = NameScale.common(range.first(), range.position());
        String end = common + NameScale.HIGH;
        if (range.seen() == 0 || !isPlain(common) || end.compareTo(range.position()) <= 0) {
            range.leaveWhole();
            return false;
        }
        String rest = end;
        if (common.length() > prefix.length()) {
            String wider = common.substring(0, common.length() - 1);
            rest = wider + NameScale.HIGH;
            double guess = isFresh ? density(range, wider) * (1 - scale.of(end, wider)) : 0;
            add(new NameRange(check, end, Optional.of(rest), guess));
        }
        range.endAt(end, 0);
        add(new NameRange(check, rest, Optional.empty(), 0));
        return true;
    }

    private void halve(NameRange range) {
        String end = range.end().orElseThrow();
        String common = NameScale.common(range.position(), end);
        double from = scale.of(range.position(), common);
        double to = scale.of(end, common);
        String middle = scale.divides() ? scale.at((from + to) / 2, common, (to - from) * SLACK) : end;
        double half = left(range) / 2;
        if (middle.compareTo(range.position()) > 0 && middle.compareTo(end) < 0) {
            range.endAt(middle, half);
            add(new NameRange(check, middle, Optional.of(end), half));
        } else {
            range.leaveWhole();
        }
    }

    /** How many names a range with an end seems to have left. */
    private double left(NameRange range) {
        String end = range.end().orElseThrow();
        if (range.seen() == 0) {
            return range.guess();
        }
        String common = NameScale.common(range.position(), end);
        double span = scale.of(end, common) - scale.of(range.position(), common);
        return density(range, common) * span;
    }

    /** Names seen of a range to a unit of the scale. */
    private double density(NameRange range, String common) {
        double span = scale.of(range.position(), common) - scale.of(range.first(), common);
        return span <= 0 ? 0 : range.seen() / span;
    }

    private boolean isPlain(String common) {
        return common.chars().skip(prefix.length()).allMatch(each -> NameScale.isPlain((char) each));
    }
}
