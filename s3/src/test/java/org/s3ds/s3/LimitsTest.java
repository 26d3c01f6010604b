package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.s3ds.s3.Priority.BACKGROUND;
import static org.s3ds.s3.Priority.FOREGROUND;
import static org.s3ds.s3.SimulatedLoad.MILLISECOND;
import static org.s3ds.s3.SimulatedLoad.SECOND;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.s3.SimulatedLoad.Call;

/** What {@link WaitingLine} and {@link RequestRate} make of a server that refuses, in simulated time. */
class LimitsTest {
    private static final long SEED = Long.getLong("s3ds.seed", System.nanoTime());
    private static final Governor.Bounds BOUNDS = new Governor.Bounds(100, Double.POSITIVE_INFINITY, 0.25);
    private static final long MINUTE = 60 * SECOND;

    static {
        System.out.println("limits: -Ds3ds.seed=" + SEED);
    }

    private static SimulatedLoad load(Governor.Bounds bounds, double allowed, double burst, long roundTrip) {
        return new SimulatedLoad(bounds, allowed, burst, roundTrip, new Random(SEED));
    }

    @ParameterizedTest
    @CsvSource({
        "16, 200, 20, 2",
        "16, 200, 10, 5",
        "16, 200, 200, 2",
        "16, 200, 20, 50",
        "100, 200, 20, 100",
        "16, 50, 5, 5",
        "100, 3500, 350, 20",
        "64, 1000, 50, 10"
    })
    void writersUseWhatTheServerAllowsAndFewAreRefused(int writers, double allowed, double burst, long milliseconds) {
        SimulatedLoad load = load(BOUNDS, allowed, burst, milliseconds * MILLISECOND);
        load.writers(writers, FOREGROUND);
        load.runUntil(MINUTE);
        double used = load.taken(0, MINUTE) / allowed;
        double refused = load.refused(10 * SECOND, MINUTE);
        System.out.printf("%d writers at %.0f/s: used %.3f, refused %.4f%n", writers, allowed, used, refused);
        assertTrue(used >= 0.85, "used " + used);
        assertTrue(refused < 0.05, "refused " + refused);
        long open = load.calls.stream().filter(call -> call.done < 0).count();
        assertEquals(writers, open, "every writer has one request under way, all others are done");
    }

    @Test
    void aForegroundRequestDoesNotWaitForBackgroundWork() {
        SimulatedLoad load = load(BOUNDS, 200, 20, 2 * MILLISECOND);
        load.writers(16, BACKGROUND);
        load.every(103 * MILLISECOND, FOREGROUND);
        load.runUntil(MINUTE);
        List<Call> gets = load.calls.stream()
                .filter(call -> call.priority() == FOREGROUND && call.asked > 10 * SECOND && call.done >= 0)
                .toList();
        assertTrue(gets.size() > 450, gets.size() + " gets");
        long waited = gets.stream().filter(get -> get.waited > MILLISECOND).count();
        assertTrue(waited <= gets.size() / 100, waited + " of " + gets.size() + " gets waited");
        long longest = gets.stream().mapToLong(get -> get.waited).max().orElseThrow();
        assertTrue(longest < 100 * MILLISECOND, "the longest wait for a permit was " + longest + " ns");
        long refused = gets.stream().filter(get -> get.refusals > 0).count();
        assertTrue(refused <= gets.size() / 50, refused + " of " + gets.size() + " gets were refused");
        assertTrue(load.taken(0, MINUTE) >= 0.85 * 200, "background work takes all the rest");
    }

    @Test
    void whileForegroundWaitsBackgroundGetsItsShareOfTheRate() {
        SimulatedLoad load = load(BOUNDS, 200, 20, 2 * MILLISECOND);
        load.writers(16, BACKGROUND);
        load.writers(16, FOREGROUND);
        load.runUntil(MINUTE);
        double share = load.count(sent -> sent.priority() == BACKGROUND) / (double) load.sent.size();
        assertEquals(0.25, share, 0.03);
    }

    @Test
    void whileForegroundWaitsBackgroundGetsItsShareOfThePlaces() {
        SimulatedLoad load = load(new Governor.Bounds(20, Double.POSITIVE_INFINITY, 0.25), 1e6, 1e6, 20 * MILLISECOND);
        load.writers(100, BACKGROUND);
        load.writers(100, FOREGROUND);
        load.runUntil(10 * SECOND);
        double share = load.count(sent -> sent.priority() == BACKGROUND) / (double) load.sent.size();
        assertEquals(0.25, share, 0.03);
    }

    @Test
    void ofOnePriorityWhoeverCameFirstGoesFirst() {
        SimulatedLoad load = load(new Governor.Bounds(1, Double.POSITIVE_INFINITY, 0.25), 1e6, 1e6, MILLISECOND);
        for (int i = 0; i < 50; i++) {
            load.ask(i % 2 == 0 ? FOREGROUND : BACKGROUND, () -> {});
        }
        load.at(0, () -> {});
        load.runUntil(SECOND);
        for (Priority priority : Priority.values()) {
            List<Long> done = load.calls.stream()
                    .filter(call -> call.priority() == priority)
                    .map(call -> call.done)
                    .toList();
            assertEquals(done.stream().sorted().toList(), done);
        }
        long half = load.calls.stream()
                .filter(call -> call.priority() == FOREGROUND)
                .mapToLong(call -> call.done)
                .max()
                .orElseThrow();
        assertTrue(half < 36 * MILLISECOND, "25 in the foreground go before most in the background: " + half);
    }

    @Test
    void theCeilingIsNeverExceededInAnySecond() {
        SimulatedLoad load = load(new Governor.Bounds(100, 100, 0.25), 1e6, 1e6, 2 * MILLISECOND);
        load.at(3 * SECOND, () -> load.writers(50, FOREGROUND));
        load.runUntil(MINUTE);
        int from = 0;
        for (int to = 0; to < load.sent.size(); to++) {
            while (load.sent.get(to).at() - load.sent.get(from).at() >= SECOND) {
                from++;
            }
            assertTrue(to - from + 1 <= 101, "requests in a second, when their ways differ by a millisecond");
        }
        assertTrue(load.taken(4 * SECOND, MINUTE) >= 94, "and it is used");
    }

    @Test
    void whenTheServerAllowsMoreItIsUsedSoon() {
        SimulatedLoad load = load(BOUNDS, 200, 20, 2 * MILLISECOND);
        load.writers(64, FOREGROUND);
        load.at(30 * SECOND, () -> load.allow(1_000));
        load.at(80 * SECOND, () -> load.allow(200));
        load.runUntil(140 * SECOND);
        assertTrue(load.taken(50 * SECOND, 80 * SECOND) >= 0.85 * 1_000, "20 s after it allows five times as much");
        assertTrue(load.taken(80 * SECOND, 140 * SECOND) >= 0.85 * 200, "and again less");
        assertTrue(load.refused(90 * SECOND, 140 * SECOND) < 0.05, "and again less");
    }

    /** So many requests in the last second. */
    private static RecentRate sent(int requests, long now) {
        RecentRate sent = new RecentRate(now - SECOND);
        for (int i = 0; i < requests; i++) {
            sent.count(now - i * (SECOND / requests) + SECOND / requests / 2);
        }
        return sent;
    }

    @Test
    void aMinuteAfterARefusalNothingIsKnown() {
        RequestRate rate = new RequestRate(Double.POSITIVE_INFINITY, 0);
        assertTrue(rate.isUnlimited(0));
        refused(10, rate, SECOND, 2 * SECOND, 1_000);
        assertEquals(800, rate.perSecond(2 * SECOND), 10);
        assertEquals(900, rate.perSecond(6 * SECOND), 10);
        assertTrue(rate.perSecond(20 * SECOND) > 2_000);
        assertTrue(rate.isUnlimited(63 * SECOND));
    }

    private static void refused(int times, RequestRate rate, long sent, long now, int lately) {
        for (int i = 0; i < times; i++) {
            rate.refused(sent, now, sent(lately, now));
        }
    }

    @Test
    void manyRefusalsOfOneMomentAreOne() {
        RequestRate rate = new RequestRate(Double.POSITIVE_INFINITY, 0);
        refused(60, rate, SECOND, 2 * SECOND, 1_000);
        double fallen = rate.perSecond(2 * SECOND);
        assertEquals(800, fallen, 10);
        refused(1, rate, 2 * SECOND + 1, 2 * SECOND + 50, 1_000);
        assertTrue(rate.perSecond(2 * SECOND + 50) < 0.95 * fallen, "the next moment's is another one");
    }

    @Test
    void theRateFallsNoLowerThanWhatTheServerHasJustTaken() {
        RequestRate rate = new RequestRate(Double.POSITIVE_INFINITY, 0);
        for (int i = 0; i < 100; i++) {
            refused(1, rate, SECOND + i, SECOND + i, 400);
        }
        assertEquals(235, rate.perSecond(SECOND + 100), 10, "four fifths of the 300 in 400 that were not refused");
    }

    @Test
    void aRefusalNowAndThenChangesNothing() {
        RequestRate rate = new RequestRate(Double.POSITIVE_INFINITY, 0);
        refused(1, rate, 0, SECOND, 10);
        refused(1, rate, 2 * SECOND, 3 * SECOND, 10);
        refused(8, rate, 5 * SECOND, 6 * SECOND, 1_000);
        assertTrue(rate.isUnlimited(6 * SECOND));
        refused(2, rate, 5 * SECOND, 6 * SECOND, 1_000);
        assertFalse(rate.isUnlimited(6 * SECOND));
    }

    @Test
    void fewRequestsRefusedAreNoRateYetButManyRefusalsMakeItSmall() {
        RequestRate rate = new RequestRate(Double.POSITIVE_INFINITY, 0);
        refused(2, rate, 0, 1, 2);
        assertEquals(16, rate.perSecond(1), 0.1);
        for (long now = 2; now < 100; now++) {
            refused(1, rate, now - 1, now, 2);
        }
        assertEquals(0.5, rate.perSecond(100), 0.01);
    }

    @ParameterizedTest
    @CsvSource({"100, 20, 2", "16, 2, 2"})
    void refusalsByChanceDoNotStopTheWork(int writers, long milliseconds, int perThousand) {
        SimulatedLoad load = load(BOUNDS, 1e9, 1e9, milliseconds * MILLISECOND);
        load.writers(writers, FOREGROUND);
        // not at once: two of the first hundred requests would be more than one in a hundred
        load.at(SECOND, () -> load.refuseByChance(perThousand / 1_000.0));
        load.runUntil(10 * SECOND);
        double unhindered = writers * 1_000.0 / milliseconds;
        assertTrue(load.taken(0, 10 * SECOND) > 0.8 * unhindered, load.taken(0, 10 * SECOND) + " of " + unhindered);
    }
}
