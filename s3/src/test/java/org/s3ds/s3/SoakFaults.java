package org.s3ds.s3;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.s3ds.s3.MisbehavingServer.Exchange;
import org.s3ds.s3.MisbehavingServer.Reply;

/** A server that does what it is asked, but for a part of the requests, where it fails in a way left to chance. */
final class SoakFaults implements MisbehavingServer.Misbehaviour {
    private static final long LONGEST_DELAY = 100_000_000;

    /** How it fails. */
    private enum Failure {
        INTERNAL_ERROR,
        SLOW_DOWN,
        TOO_MANY_REQUESTS,
        RESET,
        ANSWER_LOST,
        HALF_A_HEAD,
        HALF_A_BODY,
        SOME_KEYS_REFUSED,
        DELAY,
        NO_ANSWER
    }

    private final RandomGenerator chance;
    private final LongAdder requests = new LongAdder();
    private final Map<Failure, LongAdder> failures = new EnumMap<>(Failure.class);
    private volatile double part;

    /**
     * Fails by chance.
     *
     * @param part of the requests that fail, 0 to 1
     * @param chance may be asked by many threads at once
     */
    SoakFaults(double part, RandomGenerator chance) {
        this.part = part;
        this.chance = chance;
        for (Failure each : Failure.values()) {
            failures.put(each, new LongAdder());
        }
    }

    /** Nothing fails any more. */
    void stop() {
        part = 0;
    }

    long requests() {
        return requests.sum();
    }

    /** How often each failure was shown. */
    @Override
    public String toString() {
        return failures.toString();
    }

    @Override
    public void answer(Exchange exchange) throws IOException {
        requests.increment();
        if (chance.nextDouble() >= part) {
            exchange.send(exchange.right());
            return;
        }
        Failure failure = Failure.values()[chance.nextInt(Failure.values().length)];
        show(chance.nextInt(rarity(failure)) == 0 ? failure : Failure.DELAY, exchange);
    }

    /** Of how many one is shown: fewer of those that keep callers waiting for seconds, or slow all of them down. */
    private static int rarity(Failure failure) {
        return switch (failure) {
            case NO_ANSWER -> 20;
            case SLOW_DOWN, TOO_MANY_REQUESTS -> 5;
            case INTERNAL_ERROR, RESET, ANSWER_LOST, HALF_A_HEAD, HALF_A_BODY, SOME_KEYS_REFUSED, DELAY -> 1;
        };
    }

    private void show(Failure failure, Exchange exchange) throws IOException {
        LongAdder count = failures.get(failure);
        if (count != null) {
            count.increment();
        }
        switch (failure) {
            case INTERNAL_ERROR -> exchange.send(Reply.error(500, "InternalError"));
            case SLOW_DOWN -> exchange.send(Reply.error(503, "SlowDown"));
            case TOO_MANY_REQUESTS ->
                exchange.send(Reply.error(429, "TooManyRequests").with("Retry-After", "0"));
            case RESET -> exchange.reset();
            case ANSWER_LOST -> {
                exchange.right();
                exchange.reset();
            }
            case HALF_A_HEAD -> {
                exchange.right();
                exchange.sendHead("HTTP/1.1 200 OK\r\nServer: S3\r\n");
            }
            case HALF_A_BODY -> sendHalf(exchange);
            case SOME_KEYS_REFUSED -> exchange.send(refusingSome(exchange));
            case DELAY -> {
                LockSupport.parkNanos(chance.nextLong(LONGEST_DELAY));
                exchange.send(exchange.right());
            }
            case NO_ANSWER -> {
                exchange.right();
                exchange.waitForTheEnd();
            }
        }
    }

    /** A bulk delete removes every other object, and anything else is done. */
    private static Reply refusingSome(Exchange exchange) {
        return exchange.request().method().equals("POST")
                ? exchange.bucket()
                        .deleteAll(exchange.request(), name -> name.hashCode() % 2 == 0 ? "InternalError" : "")
                : exchange.right();
    }

    private static void sendHalf(Exchange exchange) throws IOException {
        Reply right = exchange.right();
        byte[] body = right.body();
        if (body.length > 0) {
            exchange.send(right, body.length, Arrays.copyOf(body, body.length / 2));
        }
        exchange.close();
    }
}
