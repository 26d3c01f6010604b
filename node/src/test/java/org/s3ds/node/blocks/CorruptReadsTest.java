package org.s3ds.node.blocks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.CopySource;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.Metrics;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multicodec;
import org.s3ds.node.ScriptedDatastore;

/** What becomes of a block whose bytes are wrong: the bucket once more, then each copy, then its object's name. */
class CorruptReadsTest {
    private static final byte[] WRONG = {9, 9, 9};

    private final Block block =
            Block.hash(new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256), new byte[] {1, 2, 3, 4});
    private final Key key = BlockKey.of(block.cid().hash());
    private final MemoryDatastore memory = new MemoryDatastore();
    private final List<String> asked = new ArrayList<>();
    private final List<CopySource> copies = new ArrayList<>();
    private final Blockstore blocks = new Blockstore(new Copied(), HashPolicy.kubo()).caching(1 << 20, Metrics.none());

    private final class Copied extends ScriptedDatastore {
        Copied() {
            super(memory, (call, _) -> asked.add(call));
        }

        @Override
        public List<CopySource> copies(Key prefix) {
            return copies;
        }

        @Override
        public String whereIs(Key which) {
            return "the object bucket/" + which.base();
        }
    }

    @BeforeEach
    void damage() throws DatastoreException {
        memory.put(key, WRONG);
    }

    private void copy(String name, Optional<byte[]> value) {
        copies.add(which -> {
            assertEquals(key, which);
            asked.add(name);
            return value;
        });
    }

    @Test
    void aCopyTakesTheBlocksPlace() throws Exception {
        copy("absent", Optional.empty());
        copy("wrong", Optional.of(WRONG));
        copy("right", Optional.of(block.data()));
        copy("never asked", Optional.of(block.data()));
        assertArrayEquals(block.data(), blocks.get(block.cid()).data());
        assertEquals(List.of("get", "get", "absent", "wrong", "right"), asked);
        assertArrayEquals(block.data(), blocks.get(block.cid()).data());
        assertEquals(5, asked.size(), "it is in memory now");
    }

    @Test
    void withoutAGoodCopyTheObjectIsNamed() {
        copy("wrong", Optional.of(WRONG));
        copies.add(_ -> {
            asked.add("broken");
            throw new DatastoreException("no network");
        });
        CorruptBlockException e = assertThrows(CorruptBlockException.class, () -> blocks.get(block.cid()));
        assertTrue(
                String.valueOf(e.getMessage()).contains("stored as the object bucket/" + key.base() + " (3 bytes)"),
                e::getMessage);
        assertEquals(2, e.getSuppressed().length, "why no copy would do");
        assertEquals(List.of("get", "get", "wrong", "broken"), asked);
    }

    @Test
    void whoLooksAtTheStoreItselfIsToldOfTheDamage() throws Exception {
        copy("right", Optional.of(block.data()));
        blocks.get(block.cid());
        asked.clear();
        assertThrows(CorruptBlockException.class, () -> blocks.unaided().get(block.cid()));
        assertEquals(List.of("get", "get"), asked);
        blocks.get(block.cid());
        assertEquals(List.of("get", "get", "get", "get", "right"), asked, "nor is it in memory any more");
    }
}
