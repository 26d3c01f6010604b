package org.s3ds.s3;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreContext;

/** A time that passes only when somebody looks at it, so that a request takes as long on every machine. */
final class LookedAtTime implements Time {
    private final AtomicLong now = new AtomicLong();
    private final long look;

    private LookedAtTime(Duration look) {
        this.look = look.toNanos();
    }

    /** Of a server that answers at once. */
    static LookedAtTime near() {
        return new LookedAtTime(Duration.ZERO);
    }

    /** Of a server whose listings are worth dividing after the first pages. */
    static LookedAtTime far() {
        return new LookedAtTime(Duration.ofMillis(100));
    }

    @Override
    public long nanos() {
        return now.addAndGet(look);
    }

    @Override
    public void sleep(Duration duration) {
        now.addAndGet(duration.toNanos());
    }

    @Override
    public void await(Condition condition, long nanos) throws InterruptedException {
        SYSTEM.await(condition, nanos);
    }

    /** A store in it. */
    Datastore open(S3Config config, Metrics metrics) {
        StoreContext context = TestServer.context(metrics);
        Governors governors = new Governors();
        Persistence persistence = Persistence.of(config.limits());
        S3Bucket bucket = new S3Bucket(config, context, governors, persistence, Backoff.withChance(), this);
        return new S3Datastore(config, bucket, context, governors);
    }
}
