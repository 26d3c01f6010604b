package org.s3ds.node.blocks;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Multihash;

/**
 * Keeps those who store blocks and the one who removes blocks out of each other's way, within one process. Nobody waits
 * for a whole collection: writers go on while it runs.
 *
 * <ul>
 *   <li>Whoever stores a block, or relies on one that is there, does so in a {@link Scope}, and says so before the
 *       request goes out: the block is <em>touched</em>. The scope stays open until a root that keeps the block is
 *       durable.
 *   <li>Who removes blocks is a {@link Collector}; there is one at a time. What an open scope had touched when it
 *       began, and whatever is touched from then on, it does not remove.
 *   <li>Blocks are <em>condemned</em> before they are removed, in one step with looking whether they were touched. Who
 *       touches one that is condemned waits until it is gone, and so stores it anew, or does not find it.
 *   <li>Who is about to refer to blocks without a look at each of them may hold collections off, if none is running.
 * </ul>
 *
 * <p>So a block that is removed was touched by nobody between the begin of the collection and its removal, and none of
 * those who touched it before was still at work: if one of them wrote a root, the collector's look at the roots, which
 * comes after its begin, has seen it.
 */
final class Protection {
    /** Guards every field below, and what is touched in each scope; nothing is asked of a store under it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition freed = lock.newCondition();
    private final Set<Touched> open = new HashSet<>();
    private final Set<Touched> holding = new HashSet<>();
    private final List<Touched> kept = new ArrayList<>();
    private final Set<Multihash> condemned = new HashSet<>();
    private @Nullable Touched sinceBegin;
    private int waitingToBegin;

    /** What one scope touched. Compared by identity. */
    static final class Touched {
        private final MultihashSet hashes = new MultihashSet();
    }

    /** Begins a scope. */
    Touched open() {
        Touched touched = new Touched();
        lock.lock();
        try {
            open.add(touched);
        } finally {
            lock.unlock();
        }
        return touched;
    }

    /** Ends a scope; a collection that is running still keeps what was touched in it. */
    void close(Touched scope) {
        lock.lock();
        try {
            open.remove(scope);
            if (holding.remove(scope)) {
                freed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says in a scope that a block is about to be stored, or asked for; waits while it is being removed.
     *
     * @throws InterruptedIOException when the wait was interrupted; the block is not touched then
     */
    void touch(Touched scope, Multihash hash) throws InterruptedIOException {
        lock.lock();
        try {
            while (condemned.contains(hash)) {
                freed.await();
            }
            scope.hashes.add(hash);
            if (sinceBegin != null) {
                sinceBegin.hashes.add(hash);
            }
        } catch (InterruptedException e) {
            throw interrupted("interrupted while block " + hash + " was being removed", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Keeps collections from beginning until a scope is closed.
     *
     * @return false when one is running, or waits to begin: it is not held off
     */
    boolean holdOff(Touched scope) {
        lock.lock();
        try {
            boolean held = holding.contains(scope) || (sinceBegin == null && waitingToBegin == 0);
            if (held) {
                holding.add(scope);
            }
            return held;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins a collection; waits while there is another, and while scopes hold it off.
     *
     * @throws InterruptedIOException when the wait was interrupted; there is no collection then
     */
    void begin() throws InterruptedIOException {
        lock.lock();
        waitingToBegin++;
        try {
            while (sinceBegin != null || !holding.isEmpty()) {
                freed.await();
            }
            sinceBegin = new Touched();
            kept.addAll(open);
        } catch (InterruptedException e) {
            throw interrupted("interrupted while waiting for the right to collect", e);
        } finally {
            waitingToBegin--;
            lock.unlock();
        }
    }

    /** Condemns those of some blocks that may be removed, until {@link #release}. */
    List<Multihash> condemn(List<Multihash> hashes) {
        lock.lock();
        try {
            List<Multihash> free =
                    hashes.stream().filter(hash -> !isTouched(hash)).toList();
            condemned.addAll(free);
            return free;
        } finally {
            lock.unlock();
        }
    }

    private boolean isTouched(Multihash hash) {
        return (sinceBegin != null && sinceBegin.hashes.contains(hash))
                || kept.stream().anyMatch(scope -> scope.hashes.contains(hash));
    }

    /** Whether a collection that has begun must leave a block alone, as it stands now. */
    boolean isProtected(Multihash hash) {
        lock.lock();
        try {
            return isTouched(hash);
        } finally {
            lock.unlock();
        }
    }

    /** What was condemned is gone, or stays. */
    void release() {
        lock.lock();
        try {
            condemned.clear();
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the collection. */
    void end() {
        lock.lock();
        try {
            sinceBegin = null;
            kept.clear();
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static InterruptedIOException interrupted(String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException io = new InterruptedIOException(what);
        io.initCause(cause);
        return io;
    }
}
