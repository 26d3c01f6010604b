package org.s3ds.node.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.StoreIndex.Totals;

/** What is known of a place is what it lists, and what was added since. */
final class KnownTest {
    @TempDir
    private Path folder;

    @Test
    void whatAPlaceListsIsKnown() throws IOException {
        Map<Key, byte[]> blocks = OddBlocks.small(2_500);
        blocks.putAll(OddBlocks.odd());
        MemoryDatastore place = new MemoryDatastore();
        long bytes = 0;
        for (Map.Entry<Key, byte[]> block : blocks.entrySet()) {
            place.put(block.getKey(), block.getValue());
            bytes += block.getValue().length;
        }
        place.put(Key.of("NO-BLOCK"), new byte[3]);
        try (Known known = Known.open(folder.resolve("known"))) {
            assertEquals(blocks.size(), known.fill(place, so -> {}));
            assertEquals(new Totals(blocks.size(), bytes), known.totals());
            for (Map.Entry<Key, byte[]> block : blocks.entrySet()) {
                assertEquals(OptionalLong.of(block.getValue().length), known.size(block.getKey()));
            }
            assertEquals(OptionalLong.empty(), known.size(Key.of("NO-BLOCK")));
            assertEquals(sizes(blocks), all(known));
        }
    }

    @Test
    void whatIsAddedAndRemovedIsCounted() throws IOException {
        Key first = OddBlocks.key(new byte[1]);
        Key second = OddBlocks.key(new byte[2]);
        try (Known known = Known.open(folder.resolve("known"))) {
            known.add(first, 1);
            known.add(second, 7);
            known.add(second, 2);
            assertEquals(new Totals(2, 3), known.totals());
            known.remove(first);
            known.remove(first);
            assertEquals(new Totals(1, 2), known.totals());
            assertEquals(Map.of(second, 2L), all(known));
        }
    }

    @Test
    void nothingIsLeftNorTakenOver() throws IOException {
        Path scratch = folder.resolve("known");
        Files.createDirectories(scratch.resolve("known/db"));
        Files.writeString(scratch.resolve("known/db/CURRENT"), "left by a kill");
        try (Known known = Known.open(scratch)) {
            assertEquals(new Totals(0, 0), known.totals());
            known.add(OddBlocks.key(new byte[1]), 1);
        }
        assertFalse(Files.exists(scratch));
    }

    private static Map<Key, Long> all(Known known) throws IOException {
        Map<Key, Long> all = new TreeMap<>(Key.BYTE_ORDER);
        try (Known.Cursor cursor = known.all()) {
            while (cursor.next()) {
                all.put(cursor.key(), cursor.size());
            }
        }
        return all;
    }

    private static Map<Key, Long> sizes(Map<Key, byte[]> blocks) {
        Map<Key, Long> sizes = new TreeMap<>(Key.BYTE_ORDER);
        blocks.forEach((key, value) -> sizes.put(key, (long) value.length));
        return sizes;
    }
}
