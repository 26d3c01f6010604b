package org.s3ds.rpc;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The requests that are being answered: not too many, none any more when the server stops. */
final class InFlight {
    private final int most;
    /** Guards all below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition none = lock.newCondition();
    private final Set<Thread> threads = new HashSet<>();
    private boolean stopping;

    InFlight(int most) {
        this.most = most;
    }

    /** Whether the calling thread may answer one more. */
    boolean enter() {
        lock.lock();
        try {
            return !stopping && threads.size() < most && threads.add(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            threads.remove(Thread.currentThread());
            if (threads.isEmpty()) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets none in any more. */
    void close() {
        lock.lock();
        try {
            stopping = true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether all have left, now or within that time. */
    boolean await(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!threads.isEmpty() && left > 0) {
                left = none.awaitNanos(left);
            }
            return threads.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts all that are still there. */
    void interrupt() {
        lock.lock();
        try {
            threads.forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }
}
