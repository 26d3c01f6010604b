package org.s3ds.node.migrate;

import org.s3ds.node.repo.MountedStore;

/** Which way a migration goes. */
sealed interface Direction {
    /** To the target; the repo's config is kept before. */
    record Forth() implements Direction {}

    /** To the store of before, which stands in the spec again as it did, calls counted or not. */
    record Back(MountedStore before) implements Direction {}
}
