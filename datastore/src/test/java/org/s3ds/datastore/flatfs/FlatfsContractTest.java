package org.s3ds.datastore.flatfs;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreContract;
import org.s3ds.datastore.DatastoreException;

/** The whole contract on flatfs, under {@link EncodedKeys}; how its own keys differ is in {@link FlatfsKeysTest}. */
final class FlatfsContractTest {
    @Nested
    final class AsKuboMakesIt extends DatastoreContract {
        @TempDir
        private Path folder;

        @Override
        protected Datastore open() throws DatastoreException {
            return new EncodedKeys(FlatfsDatastore.open(folder, ShardFunction.DEFAULT, false));
        }

        @Override
        protected boolean knowsTimes() {
            return true;
        }
    }

    @Nested
    final class Synced extends DatastoreContract {
        @TempDir
        private Path folder;

        @Override
        protected Datastore open() throws Exception {
            return new EncodedKeys(
                    FlatfsDatastore.open(folder, ShardFunction.parse("/repo/flatfs/shard/v1/prefix/3"), true));
        }

        @Override
        protected boolean knowsTimes() {
            return true;
        }

        @Override
        protected List<Integer> combinationCounts() {
            return List.of(10);
        }

        @Override
        protected int longListing() {
            return 120;
        }
    }
}
