package org.s3ds.s3;

import java.time.Duration;

/** The time that passes while a call is tried again: the machine's, or a test's. */
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
    };

    /** Nanoseconds since some moment; differences count, as with {@link System#nanoTime}. */
    long nanos();

    /** Lets time pass. */
    void sleep(Duration duration) throws InterruptedException;
}
