package org.s3ds.s3;

import java.io.IOException;
import org.junit.jupiter.api.Tag;

/** As above it, with a million blocks. */
@Tag("foreign")
class MillionBlocksTest extends ManyBlocksTest {
    MillionBlocksTest() throws IOException {}

    @Override
    int blocks() {
        return 1_000_000;
    }

    @Override
    int questions() {
        return 100_000;
    }
}
