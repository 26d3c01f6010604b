package org.s3ds.datastore;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The failures of steps that are all tried, whatever became of the ones before. */
final class Failures {
    private final List<DatastoreException> failures = new ArrayList<>();

    void add(DatastoreException failure) {
        failures.add(failure);
    }

    /** Throws what was added as one exception, a line each; the first is its cause, the others are suppressed. */
    void throwIfAny() throws DatastoreException {
        if (failures.isEmpty()) {
            return;
        }
        if (failures.size() == 1) {
            throw failures.getFirst();
        }
        String lines = failures.stream().map(DatastoreException::getMessage).collect(Collectors.joining("\n"));
        DatastoreException together = new DatastoreException(lines, failures.getFirst());
        failures.stream().skip(1).forEach(together::addSuppressed);
        throw together;
    }
}
