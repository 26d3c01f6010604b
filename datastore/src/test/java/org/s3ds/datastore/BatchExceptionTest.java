package org.s3ds.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BatchExceptionTest {
    @Test
    void theSentenceHasTheCountTheFirstKeysAndTheFirstReason() {
        Map<Key, DatastoreException> failures = new LinkedHashMap<>();
        for (String key : List.of("/a", "/b", "/c", "/d", "/e")) {
            failures.put(Key.of(key), new DatastoreException("no " + key));
        }
        BatchException failure = new BatchException(10_000, failures);
        assertEquals("5 of 10000 operations of a batch failed, on /a, /b, /c and 2 more: no /a", failure.getMessage());
        assertEquals(failures, failure.failures());
        assertEquals(4, failure.getSuppressed().length);
    }

    @Test
    void aFailureOfSeveralKeysIsHeldOnce() {
        DatastoreException reason = new DatastoreException("refused");
        BatchException failure = new BatchException(3, Map.of(Key.of("/a"), reason, Key.of("/b"), reason));
        assertSame(reason, failure.getCause());
        assertEquals(0, failure.getSuppressed().length);
    }
}
