package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.s3ds.s3.Priority.BACKGROUND;
import static org.s3ds.s3.Priority.FOREGROUND;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The {@link Governor} with threads; its rules in time are in {@link LimitsTest}. */
@Timeout(60)
class GovernorTest {
    private static final double NONE = Double.POSITIVE_INFINITY;

    private final AtomicLong now = new AtomicLong();

    private Governor governor(int workers) {
        return new Governor(new Governor.Bounds(workers, NONE, 0.25), new Time() {
            @Override
            public long nanos() {
                return now.get();
            }

            @Override
            public void sleep(Duration duration) {
                throw new AssertionError("whoever sleeps holds no lock");
            }

            @Override
            public void await(Condition condition, long nanos) {
                now.addAndGet(nanos);
            }
        });
    }

    @Test
    void noMorePermitsAreOutThanWorkersAndEveryoneGetsOne() throws Exception {
        Governor governor = governor(7);
        AtomicInteger out = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<FutureTask<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Priority priority = i % 3 == 0 ? BACKGROUND : FOREGROUND;
            tasks.add(started(() -> {
                try (Governor.Permit _ = governor.enter(priority)) {
                    most.accumulateAndGet(out.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    out.decrementAndGet();
                }
            }));
        }
        for (FutureTask<Boolean> task : tasks) {
            assertTrue(task.get());
        }
        assertTrue(most.get() <= 7, most + " at once");
        assertEquals(0, governor.inFlight());
        assertEquals(0, governor.waiting());
    }

    @Test
    void foregroundGoesBeforeBackgroundThatCameEarlier() throws Exception {
        Governor governor = governor(1);
        List<String> order = new CopyOnWriteArrayList<>();
        Governor.Permit only = governor.enter(BACKGROUND);
        List<FutureTask<Boolean>> tasks = new ArrayList<>();
        for (String name : List.of("background 1", "background 2", "foreground 1", "foreground 2")) {
            Priority priority = name.startsWith("b") ? BACKGROUND : FOREGROUND;
            tasks.add(started(() -> {
                try (Governor.Permit _ = governor.enter(priority)) {
                    order.add(name);
                }
            }));
            awaitWaiting(governor, tasks.size());
        }
        only.close();
        for (FutureTask<Boolean> task : tasks) {
            assertTrue(task.get());
        }
        assertEquals(List.of("foreground 1", "foreground 2", "background 1", "background 2"), order);
    }

    @Test
    void backgroundHasNoMoreThanItsShareOfThePlacesWhileForegroundWaits() {
        Places places = new Places(8);
        WaitingLine<Priority> line = new WaitingLine<>(places, new RequestRate(NONE, 0), 0.25);
        for (int i = 0; i < 100; i++) {
            line.add(FOREGROUND, FOREGROUND);
            line.add(BACKGROUND, BACKGROUND);
        }
        int background = 0;
        for (int i = 0; i < 60; i++) {
            if (line.admit(0).orElseThrow() == BACKGROUND) {
                background++; // and does not end
            } else {
                places.free(FOREGROUND);
            }
        }
        assertEquals(2, background);
    }

    @Test
    void whoeverIsInterruptedGivesUpAndTheNextOneGoes() throws Exception {
        Governor governor = governor(1);
        Governor.Permit only = governor.enter(FOREGROUND);
        FutureTask<Boolean> first = new FutureTask<>(() -> enterAndLeave(governor), true);
        Thread waits = Thread.ofVirtual().start(first);
        awaitWaiting(governor, 1);
        FutureTask<Boolean> second = started(() -> enterAndLeave(governor));
        awaitWaiting(governor, 2);
        waits.interrupt();
        ExecutionException failure = assertThrows(ExecutionException.class, first::get);
        assertInstanceOf(IllegalStateException.class, failure.getCause());
        assertEquals(1, governor.waiting());
        only.close();
        assertTrue(second.get());
        assertEquals(0, governor.inFlight());
    }

    @Test
    void aPermitIsGivenBackOnce() throws Exception {
        Governor governor = governor(2);
        Governor.Permit one = governor.enter(FOREGROUND);
        try (Governor.Permit _ = governor.enter(BACKGROUND)) {
            one.close();
            one.close();
            assertEquals(1, governor.inFlight());
        }
        assertEquals(0, governor.inFlight());
    }

    @Test
    void refusalsLimitTheRateAndAMinuteLaterNothingDoes() throws Exception {
        Governor governor = governor(10);
        assertEquals(NONE, governor.perSecond());
        try (Governor.Permit permit = governor.enter(FOREGROUND)) {
            permit.refused(Duration.ZERO);
            assertEquals(NONE, governor.perSecond(), "one is none");
            permit.refused(Duration.ZERO);
        }
        assertEquals(16, governor.perSecond(), 0.1);
        now.addAndGet(61_000_000_000L);
        assertEquals(NONE, governor.perSecond());
        enterAndLeave(governor);
    }

    @Test
    void aServerThatWantsToBeLeftAloneGetsNothingForSoLong() throws Exception {
        Governor governor = governor(1);
        FutureTask<Boolean> inLine;
        try (Governor.Permit permit = governor.enter(FOREGROUND)) {
            inLine = started(() -> enterAndLeave(governor));
            awaitWaiting(governor, 1);
            permit.refused(Duration.ofSeconds(7));
            permit.refused(Duration.ofSeconds(2));
        }
        assertTrue(inLine.get());
        assertEquals(Duration.ofSeconds(7).toNanos(), now.get());
        enterAndLeave(governor);
        assertEquals(Duration.ofSeconds(7).toNanos(), now.get(), "and then as much as before");
    }

    @Test
    void nobodyIsLeftAloneForMoreThanAMinute() throws Exception {
        Governor governor = governor(10);
        try (Governor.Permit permit = governor.enter(FOREGROUND)) {
            permit.refused(Duration.ofDays(365));
        }
        assertEquals(0, governor.perSecond());
        enterAndLeave(governor);
        assertEquals(Duration.ofMinutes(1).toNanos(), now.get());
    }

    @Test
    void whoeverWaitsForTheRateIsWokenByTheClock() throws Exception {
        Governor governor = new Governor(new Governor.Bounds(10, 100, 0.25), Time.SYSTEM);
        List<FutureTask<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tasks.add(started(() -> enterAndLeave(governor)));
        }
        for (FutureTask<Boolean> task : tasks) {
            assertTrue(task.get());
        }
    }

    @Test
    void storesOnOneEndpointShareAGovernorThatKeepsWithinTheBoundsOfAll() {
        Governors governors = new Governors();
        Governor.Bounds wide = new Governor.Bounds(100, NONE, 0.5);
        Governor.Bounds narrow = new Governor.Bounds(2, 50, 0.25);
        try (Governors.Use first = governors.use("http://a", wide);
                Governors.Use elsewhere = governors.use("http://b", wide)) {
            assertTrue(first.governor() != elsewhere.governor());
            try (Governors.Use second = governors.use("http://a", narrow)) {
                assertTrue(first.governor() == second.governor());
                assertEquals(47.5, first.governor().perSecond());
            }
            assertEquals(NONE, first.governor().perSecond());
        }
        try (Governors.Use later = governors.use("http://a", narrow)) {
            assertEquals(47.5, later.governor().perSecond());
        }
    }

    /** What a thread does with a permit. */
    private interface Step {
        void run() throws InterruptedException;
    }

    private static FutureTask<Boolean> started(Step step) {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            step.run();
            return true;
        });
        Thread.ofVirtual().start(task);
        return task;
    }

    private static void enterAndLeave(Governor governor) {
        try (Governor.Permit _ = governor.enter(FOREGROUND)) {
            assertTrue(governor.inFlight() > 0);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitWaiting(Governor governor, int count) {
        while (governor.waiting() < count) {
            Thread.onSpinWait();
        }
    }
}
