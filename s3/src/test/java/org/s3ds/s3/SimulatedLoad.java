package org.s3ds.s3;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Clients and a server that refuses, in a time of their own: the rules of the {@link Governor} without threads. The
 * server takes so many requests a second, and a burst of so many more; the clients try what was refused again, after a
 * wait with full jitter.
 */
final class SimulatedLoad {
    static final long SECOND = 1_000_000_000L;
    static final long MILLISECOND = 1_000_000L;

    /** A request: when it was asked for, allowed, and answered; how often it was sent and refused. */
    static final class Call {
        final Priority priority;
        final long asked;
        long waited;
        long done = -1;
        int refusals;
        private long entered;
        private long sent;
        private final Runnable then;

        private Call(Priority priority, long now, Runnable then) {
            this.priority = priority;
            this.asked = now;
            this.then = then;
        }

        Priority priority() {
            return priority;
        }
    }

    private record Event(long at, long number, Runnable what) {}

    /** What the server was sent. */
    record Sent(long at, Priority priority, boolean refused) {}

    final List<Call> calls = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    final RequestRate rate;
    private final WaitingLine<Call> line;
    private final Places places;
    private final RecentRate recent = new RecentRate(0);
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final Random random;
    private final long roundTrip;
    private long scheduled;
    private long now;
    private long woken = -1;

    private double allowed;
    private final double burst;
    private double tokens;
    private double byChance;
    private long filled;

    SimulatedLoad(Governor.Bounds bounds, double allowed, double burst, long roundTrip, Random random) {
        this.rate = new RequestRate(bounds.maxRequestsPerSecond(), 0);
        this.places = new Places(bounds.workers());
        this.line = new WaitingLine<>(places, rate, bounds.backgroundShare());
        this.allowed = allowed;
        this.burst = burst;
        this.tokens = burst;
        this.roundTrip = roundTrip;
        this.random = random;
    }

    long now() {
        return now;
    }

    /** At a time, does something. */
    void at(long when, Runnable what) {
        events.add(new Event(when, scheduled++, what));
    }

    /** From now on the server takes another number of requests a second. */
    void allow(double another) {
        fill();
        allowed = another;
    }

    /** From now on the server refuses this part of the requests, whatever it could take. */
    void refuseByChance(double part) {
        byChance = part;
    }

    /** Clients that send one request after the other. */
    void writers(int count, Priority priority) {
        for (int i = 0; i < count; i++) {
            at(now, () -> again(priority));
        }
    }

    private void again(Priority priority) {
        ask(priority, () -> again(priority));
    }

    /** A client that asks once in so long, whether or not it was answered. */
    void every(long period, Priority priority) {
        ask(priority, () -> {});
        at(now + period, () -> every(period, priority));
    }

    void ask(Priority priority, Runnable then) {
        Call call = new Call(priority, now, then);
        calls.add(call);
        enter(call);
    }

    /** Lets the time pass. */
    void runUntil(long end) {
        while (!events.isEmpty() && events.element().at() <= end) {
            Event next = events.remove();
            now = next.at();
            next.what().run();
            admit();
        }
        now = end;
    }

    private void enter(Call call) {
        call.entered = now;
        line.add(call, call.priority);
    }

    private void admit() {
        for (Optional<Call> next = line.admit(now); next.isPresent(); next = line.admit(now)) {
            send(next.get());
        }
        if (line.isEmpty() || line.delay(now) == Long.MAX_VALUE) {
            return;
        }
        long wake = now + Math.max(1, line.delay(now));
        if (woken <= now || wake < woken) {
            woken = wake;
            at(wake, () -> {});
        }
    }

    private void send(Call call) {
        call.waited += now - call.entered;
        call.sent = now;
        recent.count(now);
        at(now + trip(), () -> {
            boolean refused = !takeToken();
            sent.add(new Sent(now, call.priority, refused));
            at(now + trip(), () -> answered(call, refused));
        });
    }

    private void answered(Call call, boolean refused) {
        places.free(call.priority);
        if (refused) {
            call.refusals++;
            rate.refused(call.sent, now, recent);
            long longest = Math.min(10 * SECOND, (100 * MILLISECOND) << Math.min(call.refusals, 20));
            at(now + (long) (random.nextDouble() * longest), () -> enter(call));
        } else {
            call.done = now;
            call.then.run();
        }
    }

    /** Half a round trip, give or take a fifth. */
    private long trip() {
        return (long) (roundTrip / 2.0 * (0.8 + 0.4 * random.nextDouble()));
    }

    private boolean takeToken() {
        fill();
        if (tokens < 1 || random.nextDouble() < byChance) {
            return false;
        }
        tokens--;
        return true;
    }

    private void fill() {
        tokens = Math.min(burst, tokens + allowed * (now - filled) / SECOND);
        filled = now;
    }

    /** Requests a second that the server took in a time. */
    double taken(long from, long to) {
        return count(sent -> sent.at() >= from && sent.at() < to && !sent.refused()) * (double) SECOND / (to - from);
    }

    /** The part of the requests that the server refused in a time. */
    double refused(long from, long to) {
        long all = count(sent -> sent.at() >= from && sent.at() < to);
        return count(sent -> sent.at() >= from && sent.at() < to && sent.refused()) / (double) all;
    }

    long count(Predicate<Sent> which) {
        return sent.stream().filter(which).count();
    }
}
