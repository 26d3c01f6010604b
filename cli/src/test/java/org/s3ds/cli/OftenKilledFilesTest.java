package org.s3ds.cli;

import org.junit.jupiter.api.Tag;

/** As above it, more often. */
@Tag("foreign")
class OftenKilledFilesTest extends KilledFilesTest {
    @Override
    int kills() {
        return 50;
    }
}
