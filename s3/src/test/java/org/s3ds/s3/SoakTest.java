package org.s3ds.s3;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SoakTest {
    private static final long SEED = Long.getLong("s3ds.seed", System.nanoTime());

    @Test
    @Timeout(300)
    void nothingIsLostAddedOrHeldWhileRequestsFail() throws Exception {
        System.out.println("soak: -Ds3ds.seed=" + SEED);
        Soak soak = new Soak(SEED, 64, 0.05);
        soak.run(Duration.ofSeconds(3), 500);
        System.out.println(soak);
    }
}
