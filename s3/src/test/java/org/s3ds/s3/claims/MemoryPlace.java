package org.s3ds.s3.claims;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.s3ds.datastore.DatastoreException;

/** A place in memory, which notes what is asked of it, and which a test may let fail, or lack put-if-absent. */
public final class MemoryPlace implements ClaimObjects {
    private final NavigableMap<Long, byte[]> objects = new ConcurrentSkipListMap<>();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private volatile Hook before = call -> {};
    private volatile Hook after = call -> {};
    private volatile boolean replaces;

    /** Told of each call, such as {@code create 3}; throws to end it there. */
    public interface Hook {
        /** Hears of a call. */
        void on(String call) throws DatastoreException;
    }

    /** Calls this before anything is done. */
    public void before(Hook hook) {
        before = hook;
    }

    /** Calls this when it is done, and its answer is not there yet. */
    public void after(Hook hook) {
        after = hook;
    }

    /** Nobody hears of calls any more. */
    public void heal() {
        before(call -> {});
        after(call -> {});
    }

    /** Has no put-if-absent from now on: what is there is replaced. */
    public void lackPutIfAbsent() {
        replaces = true;
    }

    /** The objects, to be changed by hand. */
    public NavigableMap<Long, byte[]> objects() {
        return objects;
    }

    /** What was asked since the last time. */
    public List<String> taken() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    void put(long number, String text) {
        objects.put(number, text.getBytes(UTF_8));
    }

    @Override
    public SortedMap<Long, Long> list() throws DatastoreException {
        begin("list");
        SortedMap<Long, Long> sizes = new TreeMap<>();
        objects.forEach((number, bytes) -> sizes.put(number, (long) bytes.length));
        after.on("list");
        return sizes;
    }

    @Override
    public Optional<byte[]> read(long number) throws DatastoreException {
        begin("read " + number);
        Optional<byte[]> bytes = Optional.ofNullable(objects.get(number));
        after.on("read " + number);
        return bytes;
    }

    @Override
    public boolean create(long number, byte[] bytes) throws DatastoreException {
        begin("create " + number);
        boolean created = replaces ? put(number, bytes) : objects.putIfAbsent(number, bytes) == null;
        after.on("create " + number);
        return created;
    }

    private boolean put(long number, byte[] bytes) {
        objects.put(number, bytes);
        return true;
    }

    @Override
    public void delete(long number) throws DatastoreException {
        begin("delete " + number);
        objects.remove(number);
        after.on("delete " + number);
    }

    private void begin(String call) throws DatastoreException {
        calls.add(call);
        before.on(call);
    }
}
