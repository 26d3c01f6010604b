package org.s3ds.node.plugins;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;
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
    public StoreConfig parse(Map<String, @Nullable Object> spec) throws SpecException {
        try {
            return code.call(() -> new Config(type.parse(spec), code));
        } catch (SpecException e) {
            throw e;
        } catch (DatastoreException e) {
            throw new SpecException(String.valueOf(e.getMessage()));
        }
    }

    private record Config(StoreConfig config, PluginCode code) implements StoreConfig {
        @Override
        public Map<String, Object> diskSpec() {
            return config.diskSpec();
        }

        @Override
        public List<String> warnings() {
            return config.warnings();
        }

        @Override
        public Datastore open(StoreContext context) throws DatastoreException {
            return code.call(() -> new PluginDatastore(config.open(context), code));
        }
    }
}
