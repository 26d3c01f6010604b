package org.s3ds.datastore.flatfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.Key;

final class KeyTurnsTest {
    private static final Key KEY = Key.of("/A");

    private final KeyTurns turns = new KeyTurns();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstIsAtWork = new CountDownLatch(1);
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        threads.close();
    }

    @Test
    void ofPutsOfTheSameBytesAtOnceTheFirstToSucceedDoesForAll() throws Exception {
        List<Future<?>> puts = startBehindFirst(() -> done.add("first"), (byte) 1);
        for (Future<?> put : puts) {
            put.get();
        }
        assertEquals(List.of("first"), done);
    }

    @Test
    void aPutThatFailedDoesForNobody() throws Exception {
        List<Future<?>> puts = startBehindFirst(
                () -> {
                    throw new IOException("no");
                },
                (byte) 1);
        assertThrows(Exception.class, () -> puts.getFirst().get());
        puts.get(1).get();
        assertEquals(List.of("second"), done);
    }

    @Test
    void otherBytesFollow() throws Exception {
        List<Future<?>> puts = startBehindFirst(() -> done.add("first"), (byte) 2);
        puts.get(1).get();
        assertEquals(List.of("first", "second"), done);
    }

    @Test
    void laterOnesAreMadeHoweverAlikeTheyAre() throws IOException {
        turns.put(KEY, new byte[] {1}, () -> done.add("first"));
        turns.put(KEY, new byte[] {1}, () -> done.add("second"));
        assertEquals(List.of("first", "second"), done);
    }

    @Test
    void whoIsInterruptedWhileWaitingSaysSo() throws Exception {
        Future<?> first = startFirst(() -> done.add("first"));
        Thread.currentThread().interrupt();
        assertThrows(IOException.class, () -> turns.change(KEY, () -> done.add("second")));
        assertTrue(Thread.interrupted());
        firstMayEnd.countDown();
        first.get();
    }

    private List<Future<?>> startBehindFirst(KeyTurns.Change change, byte secondValue) throws Exception {
        Future<?> first = startFirst(change);
        CountDownLatch secondRuns = new CountDownLatch(1);
        Thread[] second = new Thread[1];
        Future<?> other = threads.submit(() -> {
            second[0] = Thread.currentThread();
            secondRuns.countDown();
            turns.put(KEY, new byte[] {secondValue}, () -> done.add("second"));
            return null;
        });
        secondRuns.await();
        while (second[0].getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        firstMayEnd.countDown();
        return List.of(first, other);
    }

    private Future<?> startFirst(KeyTurns.Change change) throws InterruptedException {
        Future<?> first = threads.submit(() -> {
            turns.put(KEY, new byte[] {1}, () -> {
                firstIsAtWork.countDown();
                awaitEnd();
                change.run();
            });
            return null;
        });
        firstIsAtWork.await();
        return first;
    }

    private void awaitEnd() throws IOException {
        try {
            firstMayEnd.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
