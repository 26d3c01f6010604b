package org.s3ds.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Metrics;
import org.s3ds.rpc.RpcReply;
import org.s3ds.rpc.RpcRequest;
import org.s3ds.rpc.RpcService;

/** The requests that a daemon works on, and the last of those it has done, for {@code diag cmds}; it counts them. */
final class CommandLog implements RpcService {
    private static final int KEPT = 100;
    private static final Duration USUALLY_KEPT = Duration.ofHours(1);
    private static final String NOT_YET = "0001-01-01T00:00:00Z";

    private final RpcService next;
    private final InstantSource time;
    private final AtomicInteger active = new AtomicInteger();
    private final Metrics.Counter requests;
    private final Metrics.Counter failures;

    /** Guards all below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Deque<Entry> entries = new ArrayDeque<>();
    private Duration kept = USUALLY_KEPT;
    private long count;

    /** A request; without an end it is being worked on. */
    private record Entry(
            long id,
            RpcRequest request,
            Instant start,
            @Nullable Instant end) {
        Entry endedAt(Instant now) {
            return new Entry(id, request, start, now);
        }

        Map<String, Object> fields() {
            Map<String, Object> options = new LinkedHashMap<>();
            List<String> arguments = new ArrayList<>();
            for (Map.Entry<String, String> each : request.query()) {
                if (each.getKey().equals("arg")) {
                    arguments.add(each.getValue());
                } else {
                    options.put(each.getKey(), each.getValue());
                }
            }
            options.putIfAbsent("encoding", "json");
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("StartTime", start.toString());
            fields.put("EndTime", end == null ? NOT_YET : end.toString());
            fields.put("Active", end == null);
            fields.put("Command", String.join("/", request.path()));
            fields.put("Options", options);
            fields.put("Args", arguments);
            fields.put("ID", id);
            return fields;
        }
    }

    /** Nothing is logged yet; requests are done by another. */
    CommandLog(RpcService next, InstantSource time, Metrics metrics) {
        this.next = next;
        this.time = time;
        requests = metrics.counter("s3ds.rpc.requests", "Requests to the RPC API", Map.of());
        failures = metrics.counter("s3ds.rpc.failures", "Requests to the RPC API that failed", Map.of());
        metrics.gauge("s3ds.rpc.active", "Requests to the RPC API that are worked on", Map.of(), active::get);
    }

    @Override
    public void serve(RpcRequest request, RpcReply reply) throws IOException {
        Entry entry = begin(request);
        active.incrementAndGet();
        requests.add(1);
        try {
            next.serve(request, reply);
        } catch (IOException | RuntimeException | Error e) {
            failures.add(1);
            throw e;
        } finally {
            active.decrementAndGet();
            end(entry);
        }
    }

    private Entry begin(RpcRequest request) {
        lock.lock();
        try {
            Entry entry = new Entry(count++, request, time.instant(), null);
            entries.add(entry);
            return entry;
        } finally {
            lock.unlock();
        }
    }

    private void end(Entry entry) {
        lock.lock();
        try {
            if (entries.remove(entry)) {
                entries.add(entry.endedAt(time.instant()));
            }
            forget();
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        Instant oldest = time.instant().minus(kept);
        entries.removeIf(entry -> entry.end() != null && entry.end().isBefore(oldest));
        long surplus = entries.stream().filter(CommandLog::isOver).count() - KEPT;
        for (Iterator<Entry> each = entries.iterator(); surplus > 0; ) {
            if (isOver(each.next())) {
                each.remove();
                surplus--;
            }
        }
    }

    private static boolean isOver(Entry entry) {
        return entry.end() != null;
    }

    /** All of them, as {@code diag cmds} tells them. */
    List<Object> list() {
        lock.lock();
        try {
            forget();
            return new ArrayList<>(entries.stream().map(Entry::fields).toList());
        } finally {
            lock.unlock();
        }
    }

    /** Forgets those that are done. */
    void clear() {
        lock.lock();
        try {
            entries.removeIf(CommandLog::isOver);
        } finally {
            lock.unlock();
        }
    }

    /** Sets how long those that are done are remembered. */
    void keepFor(Duration time) {
        lock.lock();
        try {
            kept = time;
        } finally {
            lock.unlock();
        }
    }
}
