package org.s3ds.s3;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;

/**
 * Walks the ranges of a {@link RangePlan}, many at once, and hands on the pages as they come. No page is asked for
 * while as many lie here unread as may be under way: so a reader that is slow, or stops, stops the walk. The first
 * failure ends it, and is the reader's.
 */
final class RangeWalk implements AutoCloseable {
    /** Asks for the next page of a range. */
    interface Pages {
        ListedPage next(NameRange range) throws DatastoreException;
    }

    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("s3ds-list-", 0).factory();

    private final Pages pages;
    private final int width;

    /** Guards everything below; nothing is asked for, and nobody else's code runs, under it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final RangePlan plan;
    private final Set<Thread> underWay = new HashSet<>();
    private final Deque<RangePlan.Part> unread = new ArrayDeque<>();
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
        this.width = width;
        lock.lock();
        try {
            askForMore();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What some page has shown; of one without names, that its range has come to its end.
     *
     * @return empty when all ranges are walked
     * @throws DatastoreException the failure that ended the walk, or that this thread was interrupted
     */
    Optional<RangePlan.Part> next() throws DatastoreException {
        lock.lock();
        try {
            while (unread.isEmpty() && !plan.isDone() && !stopped) {
                changed.await();
            }
            if (failure != null) {
                throw failure;
            }
            if (unread.isEmpty() && !plan.isDone()) {
                throw new DatastoreException("the listing was closed before its end");
            }
            Optional<RangePlan.Part> page = Optional.ofNullable(unread.poll());
            askForMore();
            return page;
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
            underWay.forEach(Thread::interrupt);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Asks for what there is to ask for, each page in a thread of its own. */
    private void askForMore() {
        while (!stopped && unread.size() < width && underWay.size() < width) {
            Optional<NameRange> range = plan.take();
            if (range.isEmpty()) {
                return;
            }
            Thread thread = THREADS.newThread(() -> ask(range.get()));
            underWay.add(thread);
            thread.start();
        }
    }

    private void ask(NameRange range) {
        try {
            turn(range, pages.next(range));
        } catch (DatastoreException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            // a thread that just ended would leave its range behind
            fail(new DatastoreException("the listing failed: " + e, e));
        }
    }

    private void turn(NameRange range, ListedPage page) throws DatastoreException {
        lock.lock();
        try {
            unread.add(plan.turned(range, page));
            underWay.remove(Thread.currentThread());
            askForMore();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(DatastoreException e) {
        lock.lock();
        try {
            underWay.remove(Thread.currentThread());
            failure = failure == null ? e : failure;
        } finally {
            lock.unlock();
        }
        close();
    }
}
