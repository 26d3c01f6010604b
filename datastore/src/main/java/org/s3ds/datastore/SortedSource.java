package org.s3ds.datastore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The entries of another source, read into memory and sorted when the first one is asked for. */
final class SortedSource implements ScanResults.Source {
    private final Comparator<Entry> order;
    private final ScanResults.Source unsorted;
    private @Nullable Iterator<Entry> sorted;

    SortedSource(Comparator<Entry> order, ScanResults.Source unsorted) {
        this.order = order;
        this.unsorted = unsorted;
    }

    @Override
    public Optional<Entry> next() throws DatastoreException {
        if (sorted == null) {
            sorted = sort();
        }
        return sorted.hasNext() ? Optional.of(sorted.next()) : Optional.empty();
    }

    private Iterator<Entry> sort() throws DatastoreException {
        List<Entry> entries = new ArrayList<>();
        for (Optional<Entry> entry = unsorted.next(); entry.isPresent(); entry = unsorted.next()) {
            entries.add(entry.get());
        }
        Collections.sort(entries, order);
        return entries.iterator();
    }
}
