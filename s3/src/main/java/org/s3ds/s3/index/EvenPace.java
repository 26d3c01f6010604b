package org.s3ds.s3.index;

import java.time.Duration;

/** So many a second, and as many at once when there were none for a second. */
final class EvenPace implements Questions.Pace {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final long apart;

    /** When the next may go out, were there no second in hand. */
    private long next = System.nanoTime() - SECOND;

    EvenPace(int perSecond) {
        this.apart = SECOND / perSecond;
    }

    @Override
    public void await() throws InterruptedException {
        long wait = reserve(System.nanoTime());
        if (wait > 0) {
            Thread.sleep(Duration.ofNanos(wait));
        }
    }

    private synchronized long reserve(long now) {
        next = Math.max(next, now - SECOND) + apart;
        return next - now;
    }
}
