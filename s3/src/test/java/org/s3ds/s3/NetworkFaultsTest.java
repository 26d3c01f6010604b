package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.s3.S3Failure.Outcome;

/** No server at all. A write that never reached one was not carried out, which is known. */
@Timeout(60)
class NetworkFaultsTest {
    private static final int ATTEMPTS = 3;
    private static final Persistence PERSISTENCE =
            new Persistence(ATTEMPTS, Duration.ofMinutes(10), Duration.ofSeconds(30));

    @ParameterizedTest
    @EnumSource
    void nobodyListens(FaultyCall call) throws Exception {
        assertFails(call, "http://127.0.0.1:" + Toxiproxy.unusedPort(), "nothing answers at");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyHasTheName(FaultyCall call) throws Exception {
        assertFails(call, "http://nobody.invalid", "no server has the name nobody.invalid");
    }

    private static void assertFails(FaultyCall call, String endpoint, String words) throws Exception {
        try (FaultyStore store = new FaultyStore(endpoint, PERSISTENCE)) {
            DatastoreException failure =
                    assertThrows(DatastoreException.class, () -> call.run(store.store(), new MemoryBucket()));
            assertTrue(failure.toString().contains(words), failure.toString());
            assertFalse(failure.toString().contains(FaultyStore.SECRET));
            S3Exception one = FaultyCall.failures(failure).getFirst();
            assertEquals(ATTEMPTS, one.failure().attempts());
            assertEquals(
                    call.isRead() ? Outcome.UNKNOWN : Outcome.REFUSED,
                    one.failure().outcome());
            assertFalse(one instanceof OutcomeUnknownException);
        }
    }
}
