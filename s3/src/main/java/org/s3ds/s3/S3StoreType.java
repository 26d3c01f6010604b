package org.s3ds.s3;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreType;

/** The store type {@code s3ds}: blocks as objects in a bucket, as go-ds-s3 lays them out. */
public final class S3StoreType implements StoreType {
    @Override
    public String name() {
        return "s3ds";
    }

    @Override
    public S3Config parse(Map<String, @Nullable Object> spec) throws SpecException {
        return S3Config.parse(spec);
    }
}
