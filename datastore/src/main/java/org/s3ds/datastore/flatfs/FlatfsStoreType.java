package org.s3ds.datastore.flatfs;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreType;

/**
 * The store type {@code flatfs}: {@code path}, relative to the repo or absolute, {@code shardFunc}, which must be what
 * the folder's SHARDING says, and {@code sync}, whether each change is forced to disk.
 */
public final class FlatfsStoreType implements StoreType {
    /** The type has no settings of its own. */
    public FlatfsStoreType() {}

    @Override
    public String name() {
        return "flatfs";
    }

    /** As Kubo calls it. */
    @Override
    public String plugin() {
        return "ds-flatfs";
    }

    /** In Kubo's order and words; "not boolean" for the path is Kubo's. */
    @Override
    public StoreConfig parse(Map<String, @Nullable Object> spec) throws SpecException {
        if (!(spec.get("path") instanceof String path)) {
            throw new SpecException("'path' field is missing or not boolean");
        }
        if (!(spec.get("shardFunc") instanceof String text)) {
            throw new SpecException("'shardFunc' field is missing or not a string");
        }
        ShardFunction shard = ShardFunction.parse(text);
        if (!(spec.get("sync") instanceof Boolean sync)) {
            throw new SpecException("'sync' field is missing or not boolean");
        }
        return new Config(path, shard, sync);
    }

    private record Config(String path, ShardFunction shard, boolean sync) implements StoreConfig {
        @Override
        public Map<String, Object> diskSpec() {
            return Map.of("path", path, "shardFunc", shard.toString(), "type", "flatfs");
        }

        @Override
        public Datastore open(StoreContext context) throws DatastoreException {
            Path folder = context.repo().resolve(path);
            return context.readOnly()
                    ? FlatfsDatastore.openToRead(folder, shard)
                    : FlatfsDatastore.open(folder, shard, sync);
        }
    }
}
