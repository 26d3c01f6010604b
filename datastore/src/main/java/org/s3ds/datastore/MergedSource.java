package org.s3ds.datastore;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** The entries of several results, each in order, as one sequence in that order. Reads one entry of each ahead. */
final class MergedSource implements ScanResults.Source {
    /** The first entry not given yet, and where the next one comes from. */
    private record Head(Entry entry, Results rest) {}

    private final List<Results> parts;
    private final PriorityQueue<Head> heads;
    private boolean started;

    MergedSource(Comparator<Entry> order, List<Results> parts) {
        this.parts = List.copyOf(parts);
        this.heads = new PriorityQueue<>(Comparator.comparing(Head::entry, order));
    }

    @Override
    public Optional<Entry> next() throws DatastoreException {
        if (!started) {
            started = true;
            for (Results part : parts) {
                advance(part);
            }
        }
        Head head = heads.poll();
        if (head == null) {
            return Optional.empty();
        }
        advance(head.rest());
        return Optional.of(head.entry());
    }

    private void advance(Results part) throws DatastoreException {
        part.next().ifPresent(entry -> heads.add(new Head(entry, part)));
    }

    @Override
    public void close() throws DatastoreException {
        Failures failures = new Failures();
        for (Results part : parts) {
            try {
                part.close();
            } catch (DatastoreException e) {
                failures.add(e);
            }
        }
        failures.throwIfAny();
    }
}
