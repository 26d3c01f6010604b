package org.s3ds.s3;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Those who wait to send a request, and who of them goes next:
 *
 * <ul>
 *   <li>Nobody goes without a free place and a token of the rate.
 *   <li>Foreground goes before background. While both wait, background gets its share of the turns, at most every
 *       second one, and takes a turn only while it has less than its share of the places; so neither starves.
 *   <li>When no foreground waits, background may have everything, but for half a bucket of tokens: a foreground request
 *       that comes finds one, and does not wait for the rate.
 *   <li>Of one priority, whoever came first goes first.
 * </ul>
 *
 * <p>For one thread at a time.
 *
 * @param <T> what stands in line
 */
final class WaitingLine<T> {
    private static final double MOST_TURNS = 0.5;

    private final Places places;
    private final RequestRate rate;
    private double backgroundShare;
    private final Deque<T> foreground = new ArrayDeque<>();
    private final Deque<T> background = new ArrayDeque<>();
    /** Turns that background has earned while foreground waited, and not had. */
    private double earned;

    /**
     * Nobody waits yet.
     *
     * @param backgroundShare over 0, at most 1
     */
    WaitingLine(Places places, RequestRate rate, double backgroundShare) {
        this.places = places;
        this.rate = rate;
        this.backgroundShare = backgroundShare;
    }

    /** Another share from now on. */
    void limitBackground(double share) {
        backgroundShare = share;
    }

    void add(T waiting, Priority priority) {
        line(priority).add(waiting);
    }

    /** Whoever gives up is in line no more. */
    void remove(T waiting, Priority priority) {
        line(priority).remove(waiting);
    }

    boolean isEmpty() {
        return foreground.isEmpty() && background.isEmpty();
    }

    int length() {
        return foreground.size() + background.size();
    }

    /** The one who goes next, now or later; empty when nobody waits. */
    Optional<T> first() {
        return Optional.ofNullable(line(turn()).peek());
    }

    /** Lets the first one go, who then has a place and a token; empty when nobody may go now. */
    Optional<T> admit(long now) {
        if (isEmpty() || delay(now) > 0) {
            return Optional.empty();
        }
        Priority turn = turn();
        if (!places.take(turn)) {
            return Optional.empty();
        }
        rate.take(now);
        countTurn(turn);
        return Optional.of(line(turn).remove());
    }

    /** Nanoseconds until the first one may go; {@link Long#MAX_VALUE} when a place must become free before. */
    long delay(long now) {
        return places.areFree() ? rate.delay(now, foreground.isEmpty()) : Long.MAX_VALUE;
    }

    private Priority turn() {
        if (background.isEmpty()) {
            return Priority.FOREGROUND;
        }
        boolean mayGo = foreground.isEmpty() || (earned >= 1 && places.backgroundHasLessThan(backgroundShare));
        return mayGo ? Priority.BACKGROUND : Priority.FOREGROUND;
    }

    private void countTurn(Priority turn) {
        if (foreground.isEmpty() || background.isEmpty()) {
            earned = 0;
            return;
        }
        earned += Math.min(backgroundShare, MOST_TURNS) - (turn == Priority.BACKGROUND ? 1 : 0);
        earned = Math.min(earned, 1);
    }

    private Deque<T> line(Priority priority) {
        return switch (priority) {
            case FOREGROUND -> foreground;
            case BACKGROUND -> background;
        };
    }
}
