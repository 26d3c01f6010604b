package org.s3ds.s3;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.s3.index.Coverage;
import org.s3ds.s3.index.Coverage.Span;
import org.s3ds.s3.index.Place;

/**
 * Lists what another listing has left, by ranges, many at once, and says of each page which part of all keys it covers.
 * A server that cannot be listed so is listed page after page: then nothing is covered before the end.
 */
final class GapListing {
    private static final Span NOTHING = new Span("", "");
    private static final Span ALL = new Span("", Coverage.END);

    private final Listings listings;
    private final Place.Pages into;
    private final String root;

    GapListing(Listings listings, Place.Pages into) {
        this.listings = listings;
        this.into = into;
        this.root = listings.names().below(Key.ROOT);
    }

    void run(List<Span> gaps) throws DatastoreException {
        if (listings.trust().isLost()) {
            inSequence();
            return;
        }
        try {
            byRanges(gaps);
        } catch (DisorderException e) {
            listings.trust().lose();
            throw new Place.DisorderException(e);
        }
    }

    private void byRanges(List<Span> gaps) throws DatastoreException {
        PageCheck check = new PageCheck(listings.bucket().toString(), root);
        List<NameRange> ranges = gaps.stream()
                .map(gap -> new NameRange(check, name(gap.after()), end(gap.upTo()), 0))
                .toList();
        RangePlan plan = new RangePlan(root, check, ranges, new NameScale());
        Duration pace = begin(plan);
        try (RangeWalk walk = new RangeWalk(plan, this::ask, Listing.width(pace, listings.width()))) {
            for (Optional<RangePlan.Part> part = walk.next(); part.isPresent(); part = walk.next()) {
                tell(part.get());
            }
        }
    }

    /** The first pages come one after the other; says how long the fastest took. */
    private Duration begin(RangePlan plan) throws DatastoreException {
        Duration pace = ChronoUnit.FOREVER.getDuration();
        for (int i = 0; i < Listing.PAGES_ALONE && !plan.isDone(); i++) {
            NameRange range = plan.take().orElseThrow();
            ListedPage page = ask(range);
            pace = page.took().compareTo(pace) < 0 ? page.took() : pace;
            tell(plan.turned(range, page));
        }
        return pace;
    }

    private ListedPage ask(NameRange range) throws DatastoreException {
        return listings.bucket().list(root, range.position(), range.token(), S3Bucket.PAGE);
    }

    private void tell(RangePlan.Part part) throws DatastoreException {
        Span span = new Span(text(part.after()), part.upTo().map(this::text).orElse(Coverage.END));
        into.page(entries(part.names()), span);
    }

    private String name(String text) {
        return text.isEmpty() ? "" : root + text.substring(1);
    }

    private Optional<String> end(String text) {
        return text.equals(Coverage.END) ? Optional.empty() : Optional.of(name(text));
    }

    private String text(String name) {
        return name.isEmpty() ? "" : "/" + name.substring(root.length());
    }

    private List<Entry> entries(List<Listed> page) {
        List<Entry> entries = new ArrayList<>();
        for (Listed listed : page) {
            listings.names().keyOf(listed.name()).ifPresent(key -> entries.add(Entry.ofSize(key, listed.size())));
        }
        return entries;
    }

    private void inSequence() throws DatastoreException {
        List<Entry> page = new ArrayList<>();
        try (Listing listing = listings.of(Query.keys(Key.ROOT).withSizes())) {
            for (Optional<Entry> entry = listing.next(); entry.isPresent(); entry = listing.next()) {
                page.add(entry.get());
                if (page.size() == S3Bucket.PAGE) {
                    into.page(page, NOTHING);
                    page.clear();
                }
            }
        }
        into.page(page, ALL);
    }
}
