package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.s3ds.s3.Priority.BACKGROUND;
import static org.s3ds.s3.Priority.FOREGROUND;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedGetsTest {
    private static final String NAME = "node1/K";

    private final SharedGets gets = new SharedGets();
    /** Requests that were sent, each until it is answered. */
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

    /** A request at the server, which answers with a text, with nothing, or fails. */
    private static final class Request {
        private final SynchronousQueue<Optional<String>> answer = new SynchronousQueue<>();

        void answer(String text) throws InterruptedException {
            answer.put(Optional.of(text));
        }

        void absent() throws InterruptedException {
            answer.put(Optional.empty());
        }

        void fail() throws InterruptedException {
            answer.put(Optional.of("fail"));
        }
    }

    /** A caller in a thread of its own. */
    private record Caller(Thread thread, FutureTask<Optional<String>> task) {
        Optional<String> got() throws ExecutionException, InterruptedException {
            return task.get();
        }
    }

    private Caller call(Priority priority) {
        FutureTask<Optional<String>> task =
                new FutureTask<>(() -> gets.get(NAME, priority, this::send).map(bytes -> new String(bytes, UTF_8)));
        return new Caller(Thread.ofPlatform().daemon().start(task), task);
    }

    private Optional<byte[]> send() throws S3Exception {
        Request request = new Request();
        requests.add(request);
        try {
            Optional<String> answer = request.answer.take();
            if (answer.filter("fail"::equals).isPresent()) {
                throw failure();
            }
            return answer.map(text -> text.getBytes(UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure();
        }
    }

    private static S3Exception failure() {
        S3Failure failure = new S3Failure("get", NAME, S3Failure.Outcome.REFUSED, 500, "", 1, Duration.ZERO, "", false);
        return new S3Exception("it failed", failure, new IOException("scripted"));
    }

    /** Callers who all wait for a request of somebody else. */
    private List<Caller> waiting(int count, Priority priority) {
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            callers.add(call(priority));
        }
        for (Caller each : callers) {
            while (each.thread().getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        return callers;
    }

    private void assertNothingMoreWasSent() {
        assertEquals(0, requests.size(), "requests beyond those answered");
    }

    @Test
    void manyCallersAreOneRequest() throws Exception {
        Caller first = call(FOREGROUND);
        Request only = requests.take();
        List<Caller> others = waiting(20, FOREGROUND);
        others.addAll(waiting(5, BACKGROUND));
        only.answer("value");
        assertEquals(Optional.of("value"), first.got());
        for (Caller other : others) {
            assertEquals(Optional.of("value"), other.got());
        }
        assertNothingMoreWasSent();
    }

    @Test
    void afterItIsAnsweredTheNextCallerAsksAgain() throws Exception {
        for (String value : List.of("one", "two")) {
            Caller caller = call(FOREGROUND);
            requests.take().answer(value);
            assertEquals(Optional.of(value), caller.got());
        }
    }

    @Test
    void aFailureIsEveryones() throws Exception {
        Caller first = call(FOREGROUND);
        Request only = requests.take();
        List<Caller> others = waiting(5, FOREGROUND);
        only.fail();
        Throwable failure = assertThrows(ExecutionException.class, first::got).getCause();
        assertInstanceOf(S3Exception.class, failure);
        for (Caller other : others) {
            assertSame(
                    failure, assertThrows(ExecutionException.class, other::got).getCause());
        }
        assertNothingMoreWasSent();
    }

    @Test
    void whenTheFirstIsInterruptedOneOfTheOthersGoesOn() throws Exception {
        Caller first = call(FOREGROUND);
        requests.take();
        List<Caller> others = waiting(5, FOREGROUND);
        first.thread().interrupt();
        assertThrows(ExecutionException.class, first::got);
        requests.take().answer("value");
        for (Caller other : others) {
            assertEquals(Optional.of("value"), other.got());
        }
        assertNothingMoreWasSent();
    }

    @Test
    void whoeverWaitsCanBeInterruptedAlone() throws Exception {
        Caller first = call(FOREGROUND);
        Request only = requests.take();
        List<Caller> others = waiting(2, FOREGROUND);
        others.getFirst().thread().interrupt();
        Throwable failure =
                assertThrows(ExecutionException.class, others.getFirst()::got).getCause();
        assertInstanceOf(InterruptedException.class, failure);
        only.answer("value");
        assertEquals(Optional.of("value"), first.got());
        assertEquals(Optional.of("value"), others.getLast().got());
    }

    @Test
    void whoeverComesAfterAPutGetsNoAnswerFromBefore() throws Exception {
        Caller before = call(FOREGROUND);
        Request old = requests.take();
        gets.forget(NAME);
        Caller after = call(FOREGROUND);
        Request fresh = requests.take();
        List<Caller> others = waiting(3, FOREGROUND);
        old.answer("old");
        assertEquals(Optional.of("old"), before.got());
        fresh.answer("new");
        assertEquals(Optional.of("new"), after.got());
        for (Caller other : others) {
            assertEquals(Optional.of("new"), other.got());
        }
        assertNothingMoreWasSent();
    }

    @Test
    void anAbsentObjectIsAskedForTwiceHoweverManyAsk() throws Exception {
        Caller first = call(FOREGROUND);
        Request early = requests.take();
        List<Caller> others = waiting(20, FOREGROUND);
        early.absent();
        assertEquals(Optional.empty(), first.got());
        requests.take().absent();
        for (Caller other : others) {
            assertEquals(Optional.empty(), other.got());
        }
        assertNothingMoreWasSent();
    }

    @Test
    void aForegroundCallerDoesNotWaitForABackgroundRequest() throws Exception {
        Caller slow = call(BACKGROUND);
        Request background = requests.take();
        Caller reader = call(FOREGROUND);
        requests.take().answer("value");
        assertEquals(Optional.of("value"), reader.got());
        background.answer("value");
        assertEquals(Optional.of("value"), slow.got());
    }
}
