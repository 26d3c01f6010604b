package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.DatastoreException;

final class RangeWalkTest {
    private static final int WIDTH = 4;

    private final NavigableSet<String> names = new TreeSet<>();
    private final PageCheck check = new PageCheck("b", "");

    RangeWalkTest() {
        IntStream.range(0, 40_000).mapToObj("%05d"::formatted).forEach(names::add);
    }

    @Test
    void noPageIsAskedForWhileAsManyAreUnreadAsThreadsWalk() throws DatastoreException {
        AtomicInteger unread = new AtomicInteger();
        AtomicInteger mostUnread = new AtomicInteger();
        List<String> found = new ArrayList<>();
        RangeWalk.Pages counted = range -> {
            ListedPage page = page(range);
            // of a page that has only other ranges' names nothing is handed on
            boolean handedOn = !page.objects().isEmpty()
                    && range.contains(page.objects().getFirst().name());
            mostUnread.accumulateAndGet(handedOn ? unread.incrementAndGet() : 0, Math::max);
            return page;
        };
        try (RangeWalk walk = new RangeWalk(plan(), counted, WIDTH)) {
            for (Optional<RangePlan.Part> page = walk.next(); page.isPresent(); page = walk.next()) {
                unread.addAndGet(page.get().names().isEmpty() ? 0 : -1);
                page.get().names().forEach(listed -> found.add(listed.name()));
            }
            assertEquals(Optional.empty(), walk.next());
        }
        // as many as lie there, as many as are under way, and the one that was read and not counted yet
        assertTrue(mostUnread.get() <= 2 * WIDTH + 1, () -> mostUnread + " pages");
        assertEquals(
                names.tailSet("02999", false).stream().toList(),
                found.stream().sorted().toList());
    }

    @Test
    void theFirstFailureIsTheReadersAndStopsTheOthers() {
        DatastoreException failure = new DatastoreException("page 7");
        CountDownLatch interrupted = new CountDownLatch(WIDTH - 1);
        AtomicInteger asked = new AtomicInteger();
        RangeWalk.Pages failing = range -> {
            if (asked.incrementAndGet() == WIDTH) {
                throw failure;
            }
            return stuck(interrupted);
        };
        try (RangeWalk walk = new RangeWalk(plan(), failing, WIDTH)) {
            assertSame(failure, assertThrows(DatastoreException.class, walk::next));
            assertSame(failure, assertThrows(DatastoreException.class, walk::next));
            await(interrupted);
        }
    }

    @Test
    void closingEndsWhatIsUnderWay() {
        CountDownLatch under = new CountDownLatch(WIDTH);
        CountDownLatch interrupted = new CountDownLatch(WIDTH);
        RangeWalk walk = new RangeWalk(
                plan(),
                range -> {
                    under.countDown();
                    return stuck(interrupted);
                },
                WIDTH);
        await(under);
        walk.close();
        await(interrupted);
    }

    @Test
    void aDefectOfOursIsAFailureToo() {
        RangeWalk.Pages defect = range -> {
            throw new IllegalStateException("defect");
        };
        RangeWalk.Pages full = range -> {
            throw new OutOfMemoryError("of one thread");
        };
        for (RangeWalk.Pages broken : List.of(defect, full)) {
            try (RangeWalk walk = new RangeWalk(plan(), broken, WIDTH)) {
                assertThrows(DatastoreException.class, walk::next);
            }
        }
    }

    @Test
    void afterClosingThereIsNoEnd() {
        RangeWalk walk = new RangeWalk(plan(), range -> stuck(new CountDownLatch(1)), WIDTH);
        walk.close();
        assertThrows(DatastoreException.class, walk::next);
    }

    private RangePlan plan() {
        try {
            NameScale scale = new NameScale();
            NameRange begun = new NameRange(check, "", Optional.empty(), 0);
            for (int i = 0; i < 3; i++) {
                ListedPage page = page(begun);
                page.objects().forEach(listed -> scale.learn(listed.name(), 0));
                begun.turn(page.objects(), page);
            }
            return new RangePlan("", check, begun, scale);
        } catch (DatastoreException e) {
            throw new AssertionError(e);
        }
    }

    private ListedPage page(NameRange range) {
        List<Listed> page = names.tailSet(range.position(), false).stream()
                .limit(S3Bucket.PAGE)
                .map(name -> new Listed(name, 1))
                .toList();
        boolean last = page.isEmpty() || page.getLast().name().equals(names.last());
        return SimulatedListing.page(page, last);
    }

    private static ListedPage stuck(CountDownLatch interrupted) throws DatastoreException {
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody counts it down");
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw new DatastoreException("interrupted", e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
