package org.s3ds.s3;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreClaims;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreDoctor;
import org.s3ds.datastore.StoreType;

/**
 * The store type {@code s3ds}: blocks as objects in a bucket, as go-ds-s3 lays them out. Stores that were opened by one
 * instance of this share what each endpoint allows.
 */
public final class S3StoreType implements StoreType {
    private final Governors governors = new Governors();

    /** A type whose stores share nothing with those of another. */
    public S3StoreType() {}

    /** A config whose stores share governors. */
    private record Governed(S3Config config, Map<String, @Nullable Object> spec, Governors governors)
            implements StoreConfig {
        @Override
        public Map<String, Object> diskSpec() {
            return config.diskSpec();
        }

        @Override
        public List<String> warnings() {
            return config.warnings();
        }

        @Override
        public Datastore open(StoreContext context) throws SpecException {
            return config.open(context, governors);
        }

        @Override
        public void createPlace(StoreContext context) throws DatastoreException {
            config.createPlace(context);
        }

        @Override
        public List<String> prove(StoreContext context) throws DatastoreException {
            return config.prove(context);
        }

        @Override
        public Optional<StoreClaims> claims() {
            return Optional.of(new S3Claims(config, spec));
        }

        @Override
        public Optional<StoreDoctor> doctor() {
            return Optional.of(new S3Doctor(config, spec));
        }
    }

    @Override
    public String name() {
        return "s3ds";
    }

    /** As go-ds-s3 calls itself. */
    @Override
    public String plugin() {
        return "s3-datastore-plugin";
    }

    @Override
    public StoreConfig parse(Map<String, @Nullable Object> spec) throws SpecException {
        return new Governed(S3Config.parse(spec), spec, governors);
    }
}
