package org.s3ds.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules of {@link Batch} as tests: the part of {@link DatastoreContract} that is about batches. */
abstract class BatchContract extends StoreTest {
    private static final int KIB = 1024;
    private static final byte[] EMPTY = {};

    /** [RunBatchTest]. */
    @Test
    protected void aBatchShowsNothingBeforeItIsCommitted() throws DatastoreException {
        Map<Key, byte[]> values = randomValues(20, 256 * KIB);
        Batch batch = store.batch();
        for (Map.Entry<Key, byte[]> each : values.entrySet()) {
            batch.put(each.getKey(), each.getValue());
        }
        for (Key key : values.keySet()) {
            assertAbsent(key);
        }
        batch.commit();
        for (Map.Entry<Key, byte[]> each : values.entrySet()) {
            assertHolds(each.getKey(), each.getValue());
        }
    }

    /** [RunBatchDeleteTest]. */
    @Test
    protected void aBatchMayDeleteOnly() throws DatastoreException {
        Map<Key, byte[]> values = randomValues(20, 16);
        Batch batch = store.batch();
        for (Map.Entry<Key, byte[]> each : values.entrySet()) {
            store.put(each.getKey(), each.getValue());
            batch.delete(each.getKey());
        }
        batch.delete(Key.of("/never/there"));
        for (Map.Entry<Key, byte[]> each : values.entrySet()) {
            assertHolds(each.getKey(), each.getValue());
        }
        batch.commit();
        for (Key key : values.keySet()) {
            assertAbsent(key);
        }
    }

    /** [RunBatchPutAndDeleteTest]. */
    @Test
    protected void theLastOperationOnAKeyWinsInABatch() throws DatastoreException {
        Key a = Key.of("/a");
        Key b = Key.of("/b");
        Batch batch = store.batch();
        batch.put(a, new byte[] {1});
        batch.put(b, new byte[] {2});
        batch.delete(a);
        batch.delete(b);
        batch.put(b, new byte[] {3});
        batch.commit();
        assertAbsent(a);
        assertHolds(b, new byte[] {3});
    }

    @Test
    protected void anEmptyBatchDoesNothing() throws DatastoreException {
        store.batch().commit();
        assertEquals(List.of(), list(Query.keys(Key.ROOT)));
    }

    @Test
    protected void aBatchIsCommittedOnce() throws DatastoreException {
        Batch batch = store.batch();
        batch.put(Key.of("/a"), EMPTY);
        batch.commit();
        assertThrows(IllegalStateException.class, batch::commit);
        assertThrows(IllegalStateException.class, () -> batch.put(Key.of("/b"), EMPTY));
        assertThrows(IllegalStateException.class, () -> batch.delete(Key.of("/b")));
        assertEquals(keys("/a"), list(Query.keys(Key.ROOT)));
    }

    @Test
    protected void aBatchHoldsEmptyValues() throws DatastoreException {
        Batch batch = store.batch();
        batch.put(Key.of("/empty"), EMPTY);
        batch.commit();
        assertHolds(Key.of("/empty"), EMPTY);
    }

    /** Values under the keys that go-datastore's batch tests use: base32 with padding. */
    private Map<Key, byte[]> randomValues(int count, int length) {
        Map<Key, byte[]> values = new LinkedHashMap<>();
        while (values.size() < count) {
            byte[] value = randomBytes(length);
            values.put(Key.of(paddedBase32(value)), value);
        }
        return values;
    }

    /** Standard base32 of the first 8 bytes: 13 characters and {@code ===}. */
    private static String paddedBase32(byte[] bytes) {
        BigInteger bits = new BigInteger(1, Arrays.copyOf(bytes, 8)).shiftLeft(1);
        return IntStream.iterate(60, shift -> shift >= 0, shift -> shift - 5)
                .map(shift -> bits.shiftRight(shift).intValue() & 31)
                .mapToObj(digit -> "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".substring(digit, digit + 1))
                .collect(Collectors.joining("", "", "==="));
    }
}
