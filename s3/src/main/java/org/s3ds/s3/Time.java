package org.s3ds.s3;

import java.time.Duration;
import java.util.concurrent.locks.Condition;

/** The time that passes while a call waits, to be tried again or for its turn: the machine's, or a test's. */
interface Time {
    /** The machine's. */
    Time SYSTEM = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
        public void await(Condition condition, long nanos) throws InterruptedException {
            long ignored = condition.awaitNanos(nanos);
        }
    };

    /** Nanoseconds since some moment; differences count, as with {@link System#nanoTime}. */
    long nanos();

    /** Lets time pass. */
    void sleep(Duration duration) throws InterruptedException;

    /** Lets time pass until the condition is signalled, or so many nanoseconds are over, or for no reason. */
    void await(Condition condition, long nanos) throws InterruptedException;
}
