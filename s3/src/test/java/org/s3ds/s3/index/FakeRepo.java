package org.s3ds.s3.index;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.s3ds.datastore.MemoryKeyTables;

/** A repo with an index of a place, which goes from session to session. */
final class FakeRepo {
    static final Duration PRESENT_FOR = Duration.ofMinutes(10);
    static final Duration ABSENT_FOR = Duration.ofSeconds(10);

    private final FakeBucket bucket;
    private final Path folder;
    private final MemoryKeyTables tables;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-26T04:00:00Z"));
    private volatile String claim = "";
    private volatile String place = "the place";

    FakeRepo(FakeBucket bucket, Path folder) {
        this(bucket, folder, new MemoryKeyTables());
    }

    private FakeRepo(FakeBucket bucket, Path folder, MemoryKeyTables tables) {
        this.bucket = bucket;
        this.folder = folder;
        this.tables = tables;
    }

    FakeBucket bucket() {
        return bucket;
    }

    MemoryKeyTables tables() {
        return tables;
    }

    /** The place, in words. */
    String place() {
        return place;
    }

    /** Its config names another place from now on. */
    void moveTo(String other) {
        place = other;
    }

    /** The claim that it made last; blank for none. */
    String claim() {
        return claim;
    }

    /** Makes a claim. */
    String makeClaim() {
        claim = bucket.makeClaim();
        return claim;
    }

    /** Moves its clock. */
    void pass(Duration time) {
        now.updateAndGet(then -> then.plus(time));
    }

    /** What it has is in another folder from now on, with all that it remembers. */
    FakeRepo movedTo(Path other) {
        FakeRepo moved = new FakeRepo(bucket, other, tables);
        moved.claim = claim;
        return moved;
    }

    /** A session that alone writes to the place. */
    FakeSession exclusive() {
        return session(true);
    }

    /** A session of a repo that shares the place. */
    FakeSession shared() {
        return session(false);
    }

    private FakeSession session(boolean exclusive) {
        return new FakeSession(
                this, new IndexOptions(exclusive, PRESENT_FOR, ABSENT_FOR), tables, folder, () -> now.get());
    }
}
