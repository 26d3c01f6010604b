package org.s3ds.s3;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a bucket can be listed by ranges: whether its server honours {@code start-after}, and lists in the order that
 * this goes by. Held to be unknown until a page proves it; a server that fails once is not asked again.
 */
final class RangeTrust {
    private enum State {
        UNKNOWN,
        PROVEN,
        LOST
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.UNKNOWN);

    boolean isProven() {
        return state.get() == State.PROVEN;
    }

    boolean isLost() {
        return state.get() == State.LOST;
    }

    /** A page began where it should. */
    void prove() {
        state.compareAndSet(State.UNKNOWN, State.PROVEN);
    }

    /** A page was not what it should have been. */
    void lose() {
        state.set(State.LOST);
    }
}
