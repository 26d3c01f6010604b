package org.s3ds.node.transfer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.s3ds.datastore.StoreIndex.Totals;

/** What a {@link Transfer} has counted. Any thread may call anything. */
final class Tally {
    /** Guards every field. */
    private final ReentrantLock lock = new ReentrantLock();

    private Totals listed = new Totals(0, 0);
    private Totals present = new Totals(0, 0);
    private Totals copied = new Totals(0, 0);
    private boolean listedAll;
    private long gone;
    private Found corrupt = Found.NONE;

    /** Sentences that nobody has been told yet. */
    private final Deque<String> untold = new ArrayDeque<>();

    void listed(long size) {
        change(() -> listed = listed.plus(1, size));
    }

    void present(long size) {
        change(() -> present = present.plus(1, size));
    }

    void copied(long size) {
        change(() -> copied = copied.plus(1, size));
    }

    void gone() {
        change(() -> gone++);
    }

    void listedAll() {
        change(() -> listedAll = true);
    }

    void corrupt(IOException reason) {
        String sentence = String.valueOf(reason.getMessage());
        change(() -> {
            corrupt = corrupt.and(sentence);
            untold.add(sentence);
        });
    }

    /** The next sentence about a corrupt block; empty when all were told. */
    Optional<String> untold() {
        lock.lock();
        try {
            return Optional.ofNullable(untold.poll());
        } finally {
            lock.unlock();
        }
    }

    TransferProgress progress() {
        lock.lock();
        try {
            return new TransferProgress(listed, present, copied, listedAll);
        } finally {
            lock.unlock();
        }
    }

    TransferReport report(Found foreign) {
        lock.lock();
        try {
            return new TransferReport(listed, present, copied, gone, corrupt, foreign);
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }
}
