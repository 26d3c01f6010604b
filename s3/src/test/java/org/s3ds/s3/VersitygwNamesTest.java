package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;

/** VersityGW cleans names silently, and lists a control character as another one. */
@Tag("foreign")
class VersitygwNamesTest extends ServerNames {
    VersitygwNamesTest() {
        super("s3ds.versitygw");
    }

    @Test
    void namesThatAreNotCleanBecomeOthers() throws DatastoreException {
        put("a//b");
        put("./x");
        put("dot/../dot");
        assertEquals(List.of("a/b", "dot", "x"), names());
    }

    @Test
    void aControlCharacterIsListedAsAnother() throws DatastoreException {
        Key odd = Key.of("/odd\u0001");
        store.put(odd, VALUE);
        assertArrayEquals(VALUE, store.get(odd).orElseThrow());
        assertEquals(List.of(Key.of("/odd\uFFFD")), keys());
    }
}
