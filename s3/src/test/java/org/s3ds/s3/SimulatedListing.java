package org.s3ds.s3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.s3.S3Failure.Outcome;

/**
 * A bucket in memory and a clock that ticks once a page: everything that is asked for before a tick is answered at it.
 * What a walk of so many ranges costs, in requests and in pages' times, is then the same on every machine.
 */
final class SimulatedListing {
    private final NavigableSet<String> names;
    private final String prefix;
    private final List<String> found = new ArrayList<>();
    private int requests;
    private int ticks;
    private int ranges;

    SimulatedListing(Collection<String> names, String prefix) {
        this.names = new TreeSet<>(names);
        this.prefix = prefix;
    }

    /** Lists the first pages one by one and what is left by ranges, up to {@code width} pages at a time. */
    SimulatedListing walk(int width) throws DatastoreException {
        PageCheck check = new PageCheck("simulation", prefix);
        NameScale scale = new NameScale();
        NameRange begun = new NameRange(check, prefix, Optional.empty(), 0);
        for (int i = 0; i < Listing.PAGES_ALONE; i++) {
            ListedPage page = page(begun);
            ticks++;
            page.objects().forEach(listed -> scale.learn(listed.name(), prefix.length()));
            begun.turn(page.objects(), page);
            take(page.objects());
            if (page.next().isEmpty()) {
                return this;
            }
        }
        RangePlan plan = new RangePlan(prefix, check, begun, scale);
        // the first page of a range is the proof that there can be ranges
        for (int most = 1; !plan.isDone(); most = width) {
            tick(plan, most);
        }
        ranges = plan.ranges();
        return this;
    }

    /** Lists what comes after so many names, as one does that goes on with a listing. */
    SimulatedListing rest(int known, int width) throws DatastoreException {
        PageCheck check = new PageCheck("simulation", prefix);
        NameRange left = new NameRange(check, List.copyOf(names).get(known - 1), Optional.empty(), 0);
        RangePlan plan = new RangePlan(prefix, check, List.of(left), new NameScale());
        for (int i = 0; !plan.isDone(); i++) {
            tick(plan, i < Listing.PAGES_ALONE ? 1 : width);
        }
        ranges = plan.ranges();
        return this;
    }

    private void tick(RangePlan plan, int most) throws DatastoreException {
        Map<NameRange, ListedPage> asked = new LinkedHashMap<>();
        for (Optional<NameRange> range = plan.take(); range.isPresent(); range = plan.take()) {
            asked.put(range.get(), page(range.get()));
            if (asked.size() == most) {
                break;
            }
        }
        ticks++;
        for (Map.Entry<NameRange, ListedPage> each : asked.entrySet()) {
            take(plan.turned(each.getKey(), each.getValue()).names());
        }
    }

    private ListedPage page(NameRange range) {
        requests++;
        String after = range.token().orElse(range.position());
        List<Listed> page = names.tailSet(after, false).stream()
                .limit(S3Bucket.PAGE)
                .map(name -> new Listed(name, 1))
                .toList();
        boolean last = page.isEmpty() || page.getLast().name().equals(names.last());
        return page(page, last);
    }

    /** A page as it comes from a server that gives names as tokens. */
    static ListedPage page(List<Listed> objects, boolean last) {
        Optional<String> next =
                last ? Optional.empty() : Optional.of(objects.getLast().name());
        S3Failure source = new S3Failure("list", "b", Outcome.UNKNOWN, 200, "", 1, Duration.ZERO, "", false);
        return new ListedPage(objects, next, Duration.ZERO, source);
    }

    private void take(List<Listed> page) {
        page.forEach(listed -> found.add(listed.name()));
    }

    /** What was given, in the sequence it came. */
    List<String> found() {
        return found;
    }

    int requests() {
        return requests;
    }

    /** How long it took, in pages' times. */
    int ticks() {
        return ticks;
    }

    int ranges() {
        return ranges;
    }

    @Override
    public String toString() {
        return found.size() + " names, " + requests + " requests, " + ranges + " ranges, " + ticks + " pages' times";
    }
}
