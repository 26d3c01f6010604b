package org.s3ds.node.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multihash;

final class MultihashSetTest {
    private static final List<HashFunction> FUNCTIONS = List.of(
            HashFunction.SHA2_256,
            HashFunction.byName("sha1").orElseThrow(),
            HashFunction.byName("sha2-512").orElseThrow(),
            HashFunction.IDENTITY);

    @Test
    void itIsASet() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        MultihashSet set = new MultihashSet();
        Set<Multihash> model = new HashSet<>();
        for (int i = 0; i < 100_000; i++) { // several pages
            HashFunction function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
            byte[] data = ByteBuffer.allocate(4).putInt(random.nextInt(50_000)).array();
            Multihash hash = function.hash(data);
            assertEquals(model.contains(hash), set.contains(hash), "seed " + seed);
            assertEquals(model.add(hash), set.add(hash), "seed " + seed);
        }
    }
}
