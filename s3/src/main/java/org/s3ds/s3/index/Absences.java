package org.s3ds.s3.index;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.s3ds.datastore.Key;

/** Keys that were found to be absent a short while ago, in memory; so many at most. For any number of threads. */
final class Absences {
    private static final int MOST = 500_000;

    private final Duration last;
    private final InstantSource time;

    /** Until when; as all last equally long, the oldest are the first. */
    private final LinkedHashMap<Key, Instant> keys = new LinkedHashMap<>();

    /** @param last for so long */
    Absences(Duration last, InstantSource time) {
        this.last = last;
        this.time = time;
    }

    synchronized boolean contains(Key key) {
        Instant end = keys.get(key);
        return end != null && isGoodAt(time.instant(), end);
    }

    /** A clock that was put back ends it, too. */
    private boolean isGoodAt(Instant now, Instant end) {
        return now.isBefore(end) && !now.isBefore(end.minus(last));
    }

    synchronized void add(Key key) {
        Instant now = time.instant();
        Iterator<Instant> oldest = keys.values().iterator();
        for (boolean isOver = true; isOver && oldest.hasNext(); ) {
            isOver = !isGoodAt(now, oldest.next()) || keys.size() >= MOST;
            if (isOver) {
                oldest.remove();
            }
        }
        keys.remove(key);
        keys.put(key, now.plus(last));
    }

    synchronized void remove(Key key) {
        keys.remove(key);
    }

    synchronized void clear() {
        keys.clear();
    }
}
