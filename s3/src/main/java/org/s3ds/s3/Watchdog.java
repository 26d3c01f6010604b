package org.s3ds.s3;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Ends attempts that take too long, by closing their connection: a server that sends a byte now and then is never
 * silent for long enough to be noticed otherwise. And those whose answer breaks off in its head, of which the HTTP
 * library takes what has come for the whole. One thread, from the first attempt to {@link #close}, which sleeps until
 * the next attempt is due; an attempt that ends in time costs two changes of a set.
 */
final class Watchdog implements AutoCloseable {
    private static final long LONG = Duration.ofHours(1).toNanos();

    private static final List<String> ENDS_OF_HEADS =
            List.of("Content-Length", "Transfer-Encoding", "Connection", "Date", "x-amz-request-id");

    private static final ThreadLocal<Watched> OF_THREAD = new ThreadLocal<>();

    private final Set<Watched> inFlight = ConcurrentHashMap.newKeySet();
    /** Guards {@link #thread} and {@link #closed}. */
    private final Object starting = new Object();

    private volatile @Nullable Thread thread;
    private boolean closed;
    /** When the thread looks next, in {@link System#nanoTime}. */
    private volatile long wakesAt;

    /** An attempt, and when it must end. */
    static final class Watched {
        private final long due;
        private volatile boolean overdue;
        private volatile @Nullable Abortable request;

        private Watched(long due) {
            this.due = due;
        }

        /** Whether it was ended because it took too long. */
        boolean isOverdue() {
            return overdue;
        }

        private boolean endIfDue(long now) {
            if (due - now > 0) {
                return false;
            }
            overdue = true;
            Abortable running = request;
            if (running != null) {
                running.abort();
            }
            return true;
        }

        private void running(Abortable started) throws IOException {
            request = started;
            if (overdue) {
                throw new IOException("the time was over before the request was sent");
            }
        }
    }

    /** Watches an attempt that this thread begins now, until {@link #done}. */
    Watched watch(Duration limit) {
        Watched attempt = new Watched(System.nanoTime() + limit.toNanos());
        OF_THREAD.set(attempt);
        inFlight.add(attempt);
        Thread watching = thread;
        if (watching == null) {
            start();
        } else if (attempt.due - wakesAt < 0) {
            LockSupport.unpark(watching);
        }
        return attempt;
    }

    /** The attempt has ended. */
    void done(Watched attempt) {
        inFlight.remove(attempt);
        OF_THREAD.remove();
    }

    /** How many attempts are under way. */
    int inFlight() {
        return inFlight.size();
    }

    /** A client whose requests are those that the threads which send them have watched. */
    SdkHttpClient over(SdkHttpClient client) {
        return new SdkHttpClient() {
            @Override
            public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                return watched(client.prepareRequest(request));
            }

            @Override
            public String clientName() {
                return client.clientName();
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }

    private ExecutableHttpRequest watched(ExecutableHttpRequest request) {
        @Nullable Watched attempt = OF_THREAD.get();
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                if (attempt != null) {
                    attempt.running(request);
                }
                return whole(request.call());
            }

            @Override
            public void abort() {
                request.abort();
            }
        };
    }

    /** What every answer says, one way or another: where its body ends, or when it was given, or by whom. */
    private static HttpExecuteResponse whole(HttpExecuteResponse answer) throws IOException {
        SdkHttpResponse head = answer.httpResponse();
        for (String name : ENDS_OF_HEADS) {
            if (head.firstMatchingHeader(name).isPresent()) {
                return answer;
            }
        }
        answer.responseBody().ifPresent(AbortableInputStream::abort);
        throw new IOException("the head of the answer broke off behind status " + head.statusCode());
    }

    private void start() {
        synchronized (starting) {
            if (thread == null && !closed) {
                wakesAt = System.nanoTime();
                thread = Thread.ofPlatform().daemon().name("s3ds-watchdog").start(this::look);
            }
        }
    }

    private void look() {
        while (!Thread.interrupted()) {
            long now = System.nanoTime();
            // whoever comes while we look is due earlier than this, and wakes us again
            wakesAt = now + LONG;
            long next = wakesAt;
            inFlight.removeIf(attempt -> attempt.endIfDue(now));
            for (Watched attempt : inFlight) {
                next = attempt.due - next < 0 ? attempt.due : next;
            }
            wakesAt = next;
            LockSupport.parkNanos(this, next - now);
        }
    }

    /** Ends the thread. */
    @Override
    public void close() {
        synchronized (starting) {
            closed = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
