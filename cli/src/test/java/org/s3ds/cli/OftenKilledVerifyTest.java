package org.s3ds.cli;

import org.junit.jupiter.api.Tag;

/** As above it, more often. */
@Tag("foreign")
class OftenKilledVerifyTest extends KilledVerifyTest {
    @Override
    int kills() {
        return 10;
    }
}
