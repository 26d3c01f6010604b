package org.s3ds.node.plugins;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Claim;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Finding;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Setting;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreClaims;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreDoctor;
import org.s3ds.datastore.StoreType;

/**
 * A store type of a plugin, whose code runs as {@link PluginCode} has it.
 *
 * @param name asked for once: a plugin that changes its mind confuses nobody
 */
record PluginType(String name, StoreType type, PluginCode code) implements StoreType {
    @Override
    public String plugin() {
        return code.label().name();
    }

    @Override
    public StoreType among(List<StoreType> all) {
        return new PluginType(name, type.among(all), code);
    }

    @Override
    public StoreConfig parse(Map<String, @Nullable Object> spec) throws SpecException {
        return read(() -> type.parse(spec));
    }

    @Override
    public StoreConfig parseStrictly(Map<String, @Nullable Object> spec) throws SpecException {
        return read(() -> type.parseStrictly(spec));
    }

    private StoreConfig read(PluginCode.Call<StoreConfig> reading) throws SpecException {
        try {
            return code.prepare(() -> {
                StoreConfig config = Objects.requireNonNull(reading.make(), "the config of a store");
                return new Config(config, Map.copyOf(config.diskSpec()), List.copyOf(config.warnings()), code);
            });
        } catch (SpecException e) {
            throw e;
        } catch (DatastoreException e) {
            throw new SpecException(String.valueOf(e.getMessage()));
        }
    }

    private record Config(StoreConfig config, Map<String, Object> diskSpec, List<String> warnings, PluginCode code)
            implements StoreConfig {
        @Override
        public Datastore open(StoreContext context) throws DatastoreException {
            return code.prepare(
                    () -> new PluginDatastore(Objects.requireNonNull(config.open(context), "a store"), code));
        }

        @Override
        public void createPlace(StoreContext context) throws DatastoreException {
            code.prepare(() -> {
                config.createPlace(context);
                return true;
            });
        }

        @Override
        public List<String> prove(StoreContext context) throws DatastoreException {
            return code.prepare(() -> config.prove(context));
        }

        @Override
        public Optional<StoreClaims> claims() {
            return config.claims().map(claims -> new Claims(claims, code));
        }

        @Override
        public Optional<StoreDoctor> doctor() {
            return config.doctor().map(doctor -> new Doctor(doctor, code));
        }
    }

    private record Claims(StoreClaims claims, PluginCode code) implements StoreClaims {
        @Override
        public String place() {
            return claims.place();
        }

        @Override
        public String access() {
            return claims.access();
        }

        @Override
        public Optional<Claim> show(StoreContext context) throws DatastoreException {
            return code.call(() -> claims.show(context));
        }

        @Override
        public Claim take(StoreContext context, boolean force) throws DatastoreException {
            return code.call(() -> claims.take(context, force));
        }

        @Override
        public boolean release(StoreContext context) throws DatastoreException {
            return code.call(() -> claims.release(context));
        }

        @Override
        public Map<String, Object> settings(boolean exclusive) {
            return claims.settings(exclusive);
        }

        @Override
        public String rememberedAs() {
            return claims.rememberedAs();
        }

        @Override
        public Map<String, Object> toBeToldApart() {
            return claims.toBeToldApart();
        }

        @Override
        public Proposal propose(StoreContext context, Path repo) throws DatastoreException {
            return code.call(() -> claims.propose(context, repo));
        }
    }

    private record Marked(StoreDoctor.Mark mark, PluginCode code) implements StoreDoctor.Mark {
        @Override
        public Key key() {
            return mark.key();
        }

        @Override
        public void close() throws DatastoreException {
            code.run(mark::close);
        }
    }

    private record Doctor(StoreDoctor doctor, PluginCode code) implements StoreDoctor {
        @Override
        public OptionalDouble putsPerSecond(StoreContext context, int size) throws DatastoreException {
            return code.call(() -> doctor.putsPerSecond(context, size));
        }

        @Override
        public Optional<RequestPrices> prices(StoreContext context) {
            return doctor.prices(context);
        }

        @Override
        public Optional<Mark> mark(StoreContext context) throws DatastoreException {
            return code.call(() -> doctor.mark(context)).map(mark -> new Marked(mark, code));
        }

        @Override
        public String place() {
            return doctor.place();
        }

        @Override
        public List<Setting> settings(Map<String, String> environment) {
            return doctor.settings(environment);
        }

        @Override
        public void examine(StoreContext context, Consumer<Finding> listener) throws DatastoreException {
            code.run(() -> doctor.examine(context, listener));
        }

        @Override
        public Optional<String> policy() {
            return doctor.policy();
        }
    }
}
