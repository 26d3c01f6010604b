package org.s3ds.cli;

import org.junit.jupiter.api.Tag;

/** The same with more kills: 10, or {@code -Ds3ds.kills}. */
@Tag("foreign")
final class OftenKilledMigrationTest extends KilledMigrationTest {
    @Override
    int kills() {
        return Integer.getInteger("s3ds.kills", 10);
    }
}
