package org.s3ds.datastore.flatfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.StoreTest;

/** Where flatfs differs from the contract: in the keys it has a name for. */
final class FlatfsKeysTest extends StoreTest {
    @TempDir
    private Path folder;

    @Override
    protected Datastore open() throws DatastoreException {
        return FlatfsDatastore.open(folder, ShardFunction.DEFAULT, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/lower", "/A/B", "/A.B", "/A B", "/É", "/", "/A:B", "/A~"})
    void aKeyItHasNoNameForIsAbsentAndCannotBePut(String text) throws DatastoreException {
        Key key = Key.raw(text);
        Batch batch = store.batch();
        String expected = "when putting '\"" + text + "\"': key not supported by flatfs";
        assertEquals(
                expected,
                assertThrows(DatastoreException.class, () -> store.put(key, new byte[1]))
                        .getMessage());
        assertEquals(
                expected,
                assertThrows(DatastoreException.class, () -> batch.put(key, new byte[1]))
                        .getMessage());
        assertAbsent(key);
        store.delete(key);
        batch.delete(key);
        batch.commit();
        assertEquals(List.of(), list(Query.keys(Key.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/A", "/0", "/A+B-C_D=", "/_", "/=", "/CIQFTFEEHEDF6KLBT32BFAGLXEZL4UWFNWM4LFTLMXQBCERZ6CMLX3Y"})
    void aNameOfItsAlphabetIsHeldHoweverShort(String text) throws DatastoreException {
        Key key = Key.of(text);
        store.put(key, new byte[] {7});
        assertHolds(key, new byte[] {7});
        assertEquals(List.of(key), list(Query.keys(Key.ROOT)));
    }

    @Test
    void nothingLiesBelowAKey() throws DatastoreException {
        store.put(Key.of("/ABC"), new byte[] {7});
        assertEquals(List.of(), list(Query.keys(Key.of("/A"))));
        assertEquals(List.of(), list(Query.keys(Key.of("/ABC"))));
    }
}
