package org.s3ds.datastore;

import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query answered by reading entries one after the other and applying prefix, filters, orders, offset and limit to
 * them: what a store does that has no index. Without orders entries stream through; with orders all that pass the
 * filters are held in memory and sorted at the first {@link #next}.
 *
 * <p>The source may give more than the query asks for: keys outside the prefix are dropped, and so are values when only
 * keys are wanted. It is closed as soon as nothing more is needed, and once only. After a failure every further
 * {@link #next} fails the same way, so that nobody takes it for the end.
 */
public final class ScanResults implements Results {
    /** Entries to read one after the other, by one thread at a time. */
    public interface Source extends AutoCloseable {
        /**
         * The next entry.
         *
         * @return empty at the end
         * @throws DatastoreException when the entries so far are not all there are
         */
        Optional<Entry> next() throws DatastoreException;

        /** Releases what the source holds. */
        @Override
        default void close() throws DatastoreException {}

        /** A source over what is in memory. */
        static Source of(Iterator<Entry> entries) {
            return () -> entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
        }
    }

    private final Query query;
    private final Source source;
    private final Source sequence;
    private long toSkip;
    private long toGive;
    private boolean ended;
    private boolean closed;
    private @Nullable DatastoreException failure;

    private ScanResults(Query query, Source source, Source sequence) {
        this.query = query;
        this.source = source;
        this.sequence = sequence;
        this.toSkip = query.offset();
        this.toGive = query.limit() == 0 ? Long.MAX_VALUE : query.limit();
    }

    /** The results over a source whose entries come in any sequence. Closing them closes the source. */
    public static ScanResults of(Query query, Source source) {
        if (query.orders().isEmpty()) {
            return inOrder(query, source);
        }
        return new ScanResults(query, source, new SortedSource(Order.all(query.orders()), kept(query, source)));
    }

    /** The results over a source that already has the sequence of the query's orders: nothing is sorted. */
    public static ScanResults inOrder(Query query, Source source) {
        return new ScanResults(query, source, kept(query, source));
    }

    private static Source kept(Query query, Source source) {
        return () -> {
            Optional<Entry> entry = source.next().map(each -> asWanted(query, each));
            while (entry.isPresent() && !keeps(query, entry.get())) {
                entry = source.next().map(each -> asWanted(query, each));
            }
            return entry;
        };
    }

    private static Entry asWanted(Query query, Entry entry) {
        return query.keysOnly() ? entry.withoutValue() : entry;
    }

    private static boolean keeps(Query query, Entry entry) {
        return query.prefix().isAncestorOf(entry.key())
                && query.filters().stream().allMatch(filter -> filter.keeps(entry));
    }

    @Override
    public Query query() {
        return query;
    }

    @Override
    public Optional<Entry> next() throws DatastoreException {
        if (failure != null) {
            throw failure;
        }
        if (ended) {
            return Optional.empty();
        }
        if (closed) {
            throw new IllegalStateException("these results were closed before their end");
        }
        try {
            return read();
        } catch (DatastoreException e) {
            failure = e;
            throw e;
        }
    }

    private Optional<Entry> read() throws DatastoreException {
        Optional<Entry> entry = sequence.next();
        while (entry.isPresent() && toSkip > 0) {
            toSkip--;
            entry = sequence.next();
        }
        toGive--;
        if (entry.isEmpty() || toGive == 0) {
            close();
            ended = true;
        }
        return entry;
    }

    @Override
    public void close() throws DatastoreException {
        if (!closed) {
            closed = true;
            source.close();
        }
    }
}
