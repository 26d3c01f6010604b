package org.s3ds.levelds;

import java.nio.file.Path;
import org.iq80.leveldb.CompressionType;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreContract;
import org.s3ds.datastore.DatastoreException;

final class LevelDbDatastoreTest extends DatastoreContract {
    @TempDir
    private Path folder;

    @Override
    protected Datastore open() throws DatastoreException {
        return LevelDbDatastore.open(folder, CompressionType.SNAPPY);
    }
}
