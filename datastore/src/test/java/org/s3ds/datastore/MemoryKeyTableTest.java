package org.s3ds.datastore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class MemoryKeyTableTest extends KeyTableContract {
    private final MemoryKeyTables memory = new MemoryKeyTables();

    @Override
    protected KeyTables tables() {
        return memory;
    }

    @Test
    void theEndOfTheMachineTakesWhatWasNotSynced() throws DatastoreException {
        table.write(new TableChanges().put(Key.of("/a"), new byte[] {1}));
        table.sync();
        table.write(new TableChanges().put(Key.of("/b"), new byte[] {2}));
        memory.crash();
        table = memory.open(NAME);
        assertTrue(table.hasLostWrites());
        assertArrayEquals(new byte[] {1}, table.get(Key.of("/a")));
        assertNull(table.get(Key.of("/b")));
    }

    @Test
    void theEndOfTheProcessTakesNothing() throws DatastoreException {
        table.write(new TableChanges().put(Key.of("/a"), new byte[] {1}));
        memory.kill();
        table = memory.open(NAME);
        assertFalse(table.hasLostWrites());
        assertArrayEquals(new byte[] {1}, table.get(Key.of("/a")));
    }
}
