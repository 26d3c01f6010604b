package org.s3ds.s3;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoakTest {
    private static final long SEED = Long.getLong("s3ds.seed", System.nanoTime());

    @ParameterizedTest
    @EnumSource(
            value = Access.class,
            names = {"SHARED", "EXCLUSIVE"})
    @Timeout(300)
    void nothingIsLostAddedOrHeldWhileRequestsFailAndSessionsEndInTheMiddle(Access access, @TempDir Path repo)
            throws Exception {
        System.out.println("soak: -Ds3ds.seed=" + SEED);
        Soak soak = new Soak(SEED, 64, 0.05, access, repo);
        soak.run(Duration.ofSeconds(4), 500, 3);
        System.out.println(soak);
    }
}
