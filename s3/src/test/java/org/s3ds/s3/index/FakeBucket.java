package org.s3ds.s3.index;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;

/** A place in memory: how long its values are, whose it is, and what was asked of it; a test may let it fail. */
final class FakeBucket {
    /** Keys on a page of a listing. */
    static final int PAGE = 10;

    /** Is told of each call, such as {@code put /a}; throws to end it there. */
    interface Hook {
        void on(String call) throws DatastoreException;
    }

    private final NavigableMap<Key, Long> values = new ConcurrentSkipListMap<>(Key.BYTE_ORDER);
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private volatile Hook before = call -> {};
    private volatile Hook after = call -> {};
    private volatile String claim = "";
    private volatile boolean isInDisorder;
    private int claims;

    /** Calls this before anything is done. */
    void before(Hook hook) {
        before = hook;
    }

    /** Calls this when it is done, and its answer is not there yet. */
    void after(Hook hook) {
        after = hook;
    }

    /** Nobody hears of calls any more. */
    void heal() {
        before(call -> {});
        after(call -> {});
    }

    /** The server turns out to list in another order than it seemed to. */
    void beInDisorder() {
        isInDisorder = true;
    }

    /** What is there, to be changed by hand. */
    NavigableMap<Key, Long> values() {
        return values;
    }

    /** What was asked since the last time. */
    List<String> taken() {
        synchronized (calls) {
            List<String> taken = List.copyOf(calls);
            calls.clear();
            return taken;
        }
    }

    /** The claim that counts; blank for none. */
    String claim() {
        return claim;
    }

    /** Makes a claim, which counts from now on. */
    synchronized String makeClaim() {
        claims++;
        claim = "claim " + claims;
        return claim;
    }

    /** Asks whether a claim counts. */
    boolean counts(String ours) throws DatastoreException {
        return call("claim", () -> !ours.isEmpty() && claim.equals(ours));
    }

    void put(Key key, long size) throws DatastoreException {
        call("put " + key, () -> Optional.ofNullable(values.put(key, size)));
    }

    void delete(Key key) throws DatastoreException {
        call("delete " + key, () -> Optional.ofNullable(values.remove(key)));
    }

    OptionalLong ask(Key key) throws DatastoreException {
        return call("ask " + key, () -> size(key).map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    Optional<byte[]> get(Key key) throws DatastoreException {
        return call("get " + key, () -> size(key).map(size -> new byte[size.intValue()]));
    }

    private Optional<Long> size(Key key) {
        return Optional.ofNullable(values.get(key));
    }

    /** What a call does. */
    private interface Doing<T> {
        T now();
    }

    private <T> T call(String call, Doing<T> doing) throws DatastoreException {
        calls.add(call);
        before.on(call);
        T answer = doing.now();
        after.on(call);
        return answer;
    }

    /** Lists what is not covered. */
    void list(List<Coverage.Span> gaps, Place.Pages into) throws DatastoreException {
        if (isInDisorder) {
            listInSequence(into);
            return;
        }
        for (Coverage.Span gap : gaps) {
            list(gap, into);
        }
    }

    private void list(Coverage.Span gap, Place.Pages into) throws DatastoreException {
        String from = gap.after();
        while (!from.equals(gap.upTo())) {
            if (isInDisorder) {
                throw new Place.DisorderException(new DatastoreException("not the order of keys"));
            }
            List<Entry> page = page(from, gap.upTo());
            String end = page.size() < PAGE ? gap.upTo() : page.getLast().key().toString();
            into.page(page, new Coverage.Span(from, end));
            from = end;
        }
    }

    /** Nothing is covered before the end. */
    private void listInSequence(Place.Pages into) throws DatastoreException {
        String from = "";
        List<Entry> page = page(from, Coverage.END);
        while (page.size() == PAGE) {
            into.page(page, new Coverage.Span("", ""));
            from = page.getLast().key().toString();
            page = page(from, Coverage.END);
        }
        into.page(page, new Coverage.Span("", Coverage.END));
    }

    /** One page: what comes after one text and not after another. */
    List<Entry> page(String after, String upTo) throws DatastoreException {
        return call(
                "list " + after,
                () -> values.entrySet().stream()
                        .filter(each -> each.getKey().toString().compareTo(after) > 0
                                && each.getKey().toString().compareTo(upTo) <= 0)
                        .limit(PAGE)
                        .map(each -> Entry.ofSize(each.getKey(), each.getValue()))
                        .toList());
    }
}
