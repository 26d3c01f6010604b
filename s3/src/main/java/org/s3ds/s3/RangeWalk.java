package org.s3ds.s3;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;

/**
 * Walks the ranges of a {@link RangePlan}, many at once, and hands on the pages as they come. No page is asked for
 * while as many lie here unread as threads walk: so a reader that is slow, or stops, stops the walk. The first failure
 * ends it, and is the reader's.
 */
final class RangeWalk implements AutoCloseable {
    /** Asks for the next page of a range. */
    interface Pages {
        ListedPage next(NameRange range) throws DatastoreException;
    }

    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("s3ds-list-", 0).factory();

    private final Pages pages;
    private final List<Thread> walkers = new ArrayList<>();

    /** Guards everything below; nothing is asked for, and nobody else's code runs, under it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final RangePlan plan;
    private final Deque<List<Listed>> unread = new ArrayDeque<>();
    private int walking;
    private boolean stopped;
    private @Nullable DatastoreException failure;

    /**
     * Begins to walk.
     *
     * @param width how many pages to ask for at once at most
     */
    RangeWalk(RangePlan plan, Pages pages, int width) {
        this.plan = plan;
        this.pages = pages;
        this.walking = width;
        for (int i = 0; i < width; i++) {
            walkers.add(THREADS.newThread(this::walk));
        }
        walkers.forEach(Thread::start);
    }

    /**
     * The names of some page.
     *
     * @return empty when all ranges are walked
     * @throws DatastoreException the failure that ended the walk, or that this thread was interrupted
     */
    Optional<List<Listed>> next() throws DatastoreException {
        lock.lock();
        try {
            while (unread.isEmpty() && walking > 0 && failure == null) {
                changed.await();
            }
            if (failure != null) {
                throw failure;
            }
            if (unread.isEmpty() && !plan.isDone()) {
                throw new DatastoreException("the listing was closed before its end");
            }
            changed.signalAll();
            return Optional.ofNullable(unread.poll());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatastoreException("the listing was interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /** Stops walking; what is under way is dropped when it comes. */
    @Override
    public void close() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        walkers.forEach(Thread::interrupt);
    }

    private void walk() {
        try {
            for (Optional<NameRange> range = take(); range.isPresent(); range = take()) {
                turned(range.get(), pages.next(range.get()));
            }
        } catch (InterruptedException e) {
            // closed, or ended by another's failure
        } catch (DatastoreException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            // a thread that just ended would leave its range behind
            fail(new DatastoreException("the listing failed: " + e, e));
        } finally {
            leave();
        }
    }

    /** Waits for a range whose next page is wanted; empty when the walk has ended. */
    private Optional<NameRange> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!stopped && !plan.isDone()) {
                Optional<NameRange> range = unread.size() < walkers.size() ? plan.take() : Optional.empty();
                if (range.isPresent()) {
                    return range;
                }
                changed.await();
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void turned(NameRange range, ListedPage page) throws DatastoreException {
        lock.lock();
        try {
            List<Listed> names = plan.turned(range, page);
            if (!names.isEmpty()) {
                unread.add(names);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(DatastoreException e) {
        lock.lock();
        try {
            failure = failure == null ? e : failure;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        close();
    }

    private void leave() {
        lock.lock();
        try {
            walking--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
