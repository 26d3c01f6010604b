package org.s3ds.node.gc;

import org.junit.jupiter.api.Tag;

/** As above it, more often. */
@Tag("foreign")
class ManyCollectionsTest extends RandomCollectionsTest {
    @Override
    int rounds() {
        return 3_000;
    }
}
