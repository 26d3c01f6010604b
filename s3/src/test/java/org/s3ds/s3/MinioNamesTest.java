package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;

/** MinIO refuses names that are not clean, and stores a control character that it cannot list. */
@Tag("foreign")
class MinioNamesTest extends ServerNames {
    MinioNamesTest() {
        super("s3ds.minio");
    }

    @Test
    void namesThatAreNotCleanAreRefused() throws DatastoreException {
        assertEquals("XMinioInvalidObjectName", refusal("a//b").failure().code());
        assertEquals("XMinioInvalidResourceName", refusal("./x").failure().code());
        assertEquals(
                "XMinioInvalidResourceName", refusal("dot/../dot").failure().code());
        assertEquals(List.of(), names());
    }

    @Test
    void aListingWithAControlCharacterIsAFailureNotAShortList() throws DatastoreException {
        Key odd = Key.of("/odd\u0001");
        store.put(odd, VALUE);
        store.put(Key.of("/later"), VALUE);
        assertArrayEquals(VALUE, store.get(odd).orElseThrow());
        assertThrows(S3Exception.class, this::keys);
    }
}
