package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocks changed at random: they are read and changed, or refused with a sentence, in a few steps. */
final class FuzzTest {
    private static final int ROUNDS = Integer.getInteger("s3ds.rounds", 3000);

    @ParameterizedTest
    @EnumSource
    void changedBlocksAreReadOrRefused(TreeFuzz.Kind kind) throws IOException {
        long seed = System.nanoTime();
        System.out.println("changed blocks of " + kind + ": seed " + seed);
        TreeFuzz fuzz = new TreeFuzz(new Random(seed));
        for (int round = 0; round < ROUNDS; round++) {
            fuzz.round(kind);
        }
        assertTrue(fuzz.refused() > ROUNDS / 4, "refused " + fuzz.refused());
    }
}
