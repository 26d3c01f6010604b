package org.s3ds.node.blocks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NameSetTest {
    private static final Comparator<byte[]> ORDER =
            Comparator.<byte[]>comparingInt(name -> name.length).thenComparing(Arrays::compareUnsigned);

    private final NameHash hashes = new NameHash();
    private final NameSet set = new NameSet(hashes);

    private boolean add(byte[] name) {
        return set.add(name, name.length, hashes.of(name, 0, name.length));
    }

    private boolean contains(byte[] name) {
        return set.contains(name, name.length, hashes.of(name, 0, name.length));
    }

    @Test
    void namesComeSortedAndASetThatWasClearedIsEmpty() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            TreeSet<byte[]> model = new TreeSet<>(ORDER);
            int names = random.nextInt(20_000); // more than a page, mostly
            for (int i = 0; i < names; i++) {
                byte[] name = name(random);
                assertEquals(model.add(name), add(name), "seed " + seed);
            }
            assertEquals(model.size(), set.size());
            assertSorted(model, seed);
            set.clear();
            assertFalse(set.sorted().next());
            assertTrue(model.isEmpty() || !contains(model.first()), "seed " + seed);
        }
    }

    private void assertSorted(Iterable<byte[]> model, long seed) throws IOException {
        NameCursor sorted = set.sorted();
        for (byte[] name : model) {
            assertTrue(sorted.next(), "seed " + seed);
            int from = sorted.offset();
            assertArrayEquals(name, Arrays.copyOfRange(sorted.bytes(), from, from + sorted.length()), "seed " + seed);
        }
        assertFalse(sorted.next(), "seed " + seed);
    }

    /** Of some lengths; most begin alike, and many are there already. */
    private static byte[] name(Random random) {
        byte[] name = new byte[random.nextInt(10) == 0 ? 1 + random.nextInt(NameSet.LONGEST) : 34];
        int kind = random.nextInt(3);
        if (kind == 0) {
            random.nextBytes(name);
        } else {
            for (int i = 0; i < 3; i++) {
                name[kind == 1 ? name.length - 1 - i % name.length : i % name.length] = (byte) random.nextInt(256);
            }
        }
        return name;
    }

    @Test
    void theLongestNameHasItsPlaceAndALongerOneHasNot() {
        byte[] longest = new byte[NameSet.LONGEST];
        assertTrue(add(longest));
        assertTrue(contains(longest));
        assertFalse(contains(new byte[NameSet.LONGEST - 1]));
        assertThrows(IllegalArgumentException.class, () -> add(new byte[NameSet.LONGEST + 1]));
        assertThrows(IllegalArgumentException.class, () -> add(new byte[0]));
    }
}
