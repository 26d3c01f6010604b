package org.s3ds.datastore;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Some operations of a batch failed; all were tried, and those that are not named here were carried out. The message is
 * one sentence with how many failed, the first of their keys, and why the first did.
 */
public final class BatchException extends DatastoreException {
    private static final long serialVersionUID = 1L;
    private static final int KEYS_TOLD = 3;

    private final int operations;

    // neither keys nor failures need outlive the process
    private final transient Map<Key, DatastoreException> failures;

    /**
     * Of failures, one or more.
     *
     * @param operations how many the batch had
     * @param failures by key, in the sequence they are to be told; the first is the cause, the others are suppressed
     */
    public BatchException(int operations, Map<Key, DatastoreException> failures) {
        super(sentence(operations, failures), first(failures));
        this.operations = operations;
        this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
        failures.values().stream().distinct().skip(1).forEach(this::addSuppressed);
    }

    /** Every key whose operation may not have happened, and why. Operations of one request have one failure. */
    public Map<Key, DatastoreException> failures() {
        return failures;
    }

    /** The same, as a store sees it that has these keys under other names. */
    BatchException renamed(UnaryOperator<Key> names) {
        Map<Key, DatastoreException> others = new LinkedHashMap<>();
        failures.forEach((key, failure) -> others.put(names.apply(key), failure));
        return new BatchException(operations, others);
    }

    private static DatastoreException first(Map<Key, DatastoreException> failures) {
        return failures.values().iterator().next();
    }

    private static String sentence(int operations, Map<Key, DatastoreException> failures) {
        String keys =
                failures.keySet().stream().limit(KEYS_TOLD).map(Key::toString).collect(Collectors.joining(", "));
        int untold = failures.size() - KEYS_TOLD;
        return failures.size() + " of " + operations + " operations of a batch failed, on " + keys
                + (untold > 0 ? " and " + untold + " more" : "") + ": "
                + first(failures).getMessage();
    }
}
