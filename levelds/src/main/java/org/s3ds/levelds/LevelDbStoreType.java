package org.s3ds.levelds;

import java.util.Map;
import org.iq80.leveldb.CompressionType;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreType;

/**
 * The store type {@code levelds}: {@code path}, relative to the repo or absolute, and {@code compression}, {@code none}
 * or {@code snappy}, which is also what no value means. Opening takes no lock that keeps another process away:
 * {@code repo.lock} does, and its holder opens.
 */
public final class LevelDbStoreType implements StoreType {
    /** The type. */
    public LevelDbStoreType() {}

    @Override
    public String name() {
        return "levelds";
    }

    /** As Kubo calls it. */
    @Override
    public String plugin() {
        return "ds-level";
    }

    @Override
    public StoreConfig parse(Map<String, @Nullable Object> spec) throws SpecException {
        if (!(spec.get("path") instanceof String path)) {
            throw new SpecException("'path' field is missing or not string");
        }
        return new LevelDbConfig(path, compression(spec.get("compression")));
    }

    private static CompressionType compression(@Nullable Object value) throws SpecException {
        return switch (value) {
            case null -> CompressionType.SNAPPY;
            case String text when text.isEmpty() || text.equals("snappy") -> CompressionType.SNAPPY;
            case String text when text.equals("none") -> CompressionType.NONE;
            default -> throw new SpecException("unrecognized value for compression: " + value);
        };
    }
}
