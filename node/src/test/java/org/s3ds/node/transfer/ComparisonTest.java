package org.s3ds.node.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Key;
import org.s3ds.node.transfer.Comparison.Difference;

/** What one place has and the other has not is found, whatever the two are. */
final class ComparisonTest {
    @TempDir
    private Path folder;

    @Test
    void differencesAreFoundInTheOrderOfKeys() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("ComparisonTest: seed " + seed);
        Random random = new Random(seed);
        Map<Key, Difference> expected = new HashMap<>();
        long same = 0;
        try (Known first = Known.open(folder.resolve("first"));
                Known second = Known.open(folder.resolve("second"))) {
            for (Key key : OddBlocks.small(400).keySet()) {
                OptionalLong left = size(random);
                OptionalLong right = size(random);
                add(first, key, left);
                add(second, key, right);
                if (!left.equals(right)) {
                    expected.put(key, new Difference(key, left, right));
                } else if (left.isPresent()) {
                    same++;
                }
            }
            List<Difference> found = new ArrayList<>();
            Comparison comparison = Comparison.of(first, second, found::add);
            assertEquals(
                    expected.values().stream()
                            .sorted((a, b) -> Key.BYTE_ORDER.compare(a.key(), b.key()))
                            .toList(),
                    found);
            assertEquals(same, comparison.same());
            assertEquals(expected.size(), comparison.first() + comparison.second() + comparison.sizes());
            assertFalse(comparison.isSame());
        }
    }

    @Test
    void twoEmptyPlacesAreTheSame() throws IOException {
        try (Known first = Known.open(folder.resolve("first"));
                Known second = Known.open(folder.resolve("second"))) {
            assertTrue(Comparison.of(first, second, _ -> {}).isSame());
        }
    }

    private static OptionalLong size(Random random) {
        int size = random.nextInt(3);
        return size == 0 ? OptionalLong.empty() : OptionalLong.of(size);
    }

    private static void add(Known known, Key key, OptionalLong size) throws IOException {
        if (size.isPresent()) {
            known.add(key, size.getAsLong());
        }
    }
}
