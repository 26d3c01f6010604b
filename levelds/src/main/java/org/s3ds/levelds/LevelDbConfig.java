package org.s3ds.levelds;

import java.nio.file.Path;
import java.util.Map;
import org.iq80.leveldb.CompressionType;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;

/** A {@code levelds} spec: where the files are, and how new tables are compressed. */
record LevelDbConfig(String path, CompressionType compression) implements StoreConfig {
    @Override
    public Map<String, Object> diskSpec() {
        return Map.of("path", path, "type", "levelds");
    }

    @Override
    public Datastore open(StoreContext context) throws DatastoreException {
        Path folder = context.repo().resolve(path);
        return context.readOnly() ? LevelDbDatastore.openToRead(folder) : LevelDbDatastore.open(folder, compression);
    }
}
