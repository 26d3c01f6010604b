package org.s3ds.s3;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.ScanResults;

/**
 * The keys of a span of names with the sizes of their values: page by page, and if any sequence will do, after some
 * pages by many ranges at once. A page that fails is an exception, never the end. Objects whose names are no keys are
 * passed over and counted.
 */
final class Listing implements ScanResults.Source {
    /** How to list. */
    enum Manner {
        /** Page after page; a key that comes after a greater one is an error. */
        BY_KEY,
        /** Page after page, and none that is not needed. */
        SPARING,
        /** In any sequence, as fast as may be. */
        ALL_AT_ONCE
    }

    /** So many pages come one after the other in any case: a range more may be a request more. */
    static final int PAGES_ALONE = 3;
    /** And until they have taken so long: of a server that is near, a few thousand names are here before. */
    private static final Duration WORTH_DIVIDING = Duration.ofMillis(500);
    /** The time to read a page that is here: who asks for more at once than come in it, has them lie unread. */
    private static final Duration READING = Duration.ofMillis(5);

    private final Listings common;
    private final NameSpan span;
    private final Manner manner;
    private final PageCheck check;
    private final NameRange range;
    private final boolean times;
    private final NameScale scale = new NameScale();
    private long wanted;

    private @Nullable ListedPage turned;
    private Iterator<Listed> page = Collections.emptyIterator();
    private int pages;
    /** Of the page that took the shortest: the first ones have to find a connection, and code that is new. */
    private Duration pace = ChronoUnit.FOREVER.getDuration();

    private boolean last;
    private boolean divisible;
    private long bytes;
    private @Nullable Key previous;
    private @Nullable RangeWalk walk;

    /**
     * Reads nothing yet.
     *
     * @param wanted how many keys will be asked for; {@link Long#MAX_VALUE} when that is not known
     * @param times whether the entries have the times of their last puts
     */
    Listing(Listings common, NameSpan span, Manner manner, long wanted, boolean times) {
        this.common = common;
        this.span = span;
        this.manner = manner;
        this.wanted = wanted;
        this.times = times;
        this.check = new PageCheck(common.bucket().toString(), span.prefix());
        this.range = new NameRange(check, span.after(), Optional.empty(), 0);
        this.divisible = manner == Manner.ALL_AT_ONCE;
    }

    @Override
    public Optional<Entry> next() throws DatastoreException {
        while (page.hasNext() || !last) {
            if (!page.hasNext()) {
                turnPage();
                continue;
            }
            Listed listed = page.next();
            Optional<Key> key = common.names().keyOf(listed.name());
            if (key.isPresent()) {
                wanted--;
                bytes += listed.size();
                checkOrder(key.get());
                Entry entry = Entry.ofSize(key.get(), listed.size());
                return Optional.of(times ? entry.withModified(listed.modified().orElseThrow()) : entry);
            }
            common.skipped().add(1);
        }
        if (span.isAll(common.names())) {
            common.lastWhole().ended(bytes);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        if (walk != null) {
            walk.close();
        }
    }

    private void turnPage() throws DatastoreException {
        if (walk == null && isLong() && divisible && !common.trust().isLost()) {
            divide();
        } else if (walk == null) {
            turnNext();
        } else {
            turnAny(walk);
        }
    }

    private boolean isLong() {
        return pages >= PAGES_ALONE && width() > 1 && pace.multipliedBy(pages).compareTo(WORTH_DIVIDING) >= 0;
    }

    private int width() {
        return width(pace, common.width());
    }

    /** How many pages to ask for at once at most. */
    static int width(Duration pace, int most) {
        return Math.clamp(pace.dividedBy(READING), 1, most);
    }

    private void turnNext() throws DatastoreException {
        ListedPage next = ask(range, Math.clamp(wanted, 1, S3Bucket.PAGE));
        List<Listed> objects = next.objects();
        divisible &= PageCheck.isAscending(range.position(), objects);
        if (divisible) {
            objects.forEach(listed -> scale.learn(listed.name(), span.prefix().length()));
        }
        range.turn(objects, next);
        turned = next;
        page = objects.iterator();
        pages++;
        pace = next.took().compareTo(pace) < 0 ? next.took() : pace;
        last = next.next().isEmpty();
    }

    private void turnAny(RangeWalk begun) throws DatastoreException {
        try {
            Optional<RangePlan.Part> next = begun.next();
            page = next.map(part -> part.names().iterator()).orElseGet(Collections::emptyIterator);
            last = next.isEmpty();
        } catch (DisorderException e) {
            common.trust().lose();
            throw e;
        }
    }

    /** Goes on by ranges, if the first page of one shows that the server can; else as before. */
    private void divide() throws DatastoreException {
        RangePlan plan = new RangePlan(span.prefix(), check, range, scale);
        divisible = plan.isDivided();
        if (divisible && !common.trust().isProven()) {
            prove(plan);
        }
        if (divisible) {
            walk = new RangeWalk(plan, next -> ask(next, S3Bucket.PAGE), width());
        } else {
            range.goOnToTheEnd();
        }
    }

    private void prove(RangePlan plan) throws DatastoreException {
        NameRange first = plan.take().orElseThrow();
        ListedPage begun = ask(first, S3Bucket.PAGE);
        divisible = PageCheck.isAscending(first.position(), begun.objects());
        if (divisible) {
            common.trust().prove();
            page = plan.turned(first, begun).names().iterator();
        } else {
            common.trust().lose();
        }
    }

    private ListedPage ask(NameRange next, int most) throws DatastoreException {
        return common.bucket().list(span.prefix(), next.position(), next.token(), most, times);
    }

    private void checkOrder(Key key) throws DatastoreException {
        if (manner == Manner.BY_KEY && previous != null && turned != null) {
            check.inOrder(previous, key, turned);
        }
        previous = key;
    }
}
