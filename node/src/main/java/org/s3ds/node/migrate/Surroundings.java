package org.s3ds.node.migrate;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreType;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.DatastoreSpec;

/**
 * What is around a migration.
 *
 * @param repo the repo's folder
 * @param types the kinds of store that its spec may name, those of its plugins too
 * @param metrics where counts go
 * @param environment the environment variables of the process
 */
public record Surroundings(
        Path repo, List<StoreType> types, Metrics metrics, Map<String, String> environment, InstantSource now) {
    /** The folder absolute. */
    public Surroundings {
        repo = repo.toAbsolutePath().normalize();
        types = List.copyOf(types);
        environment = Map.copyOf(environment);
    }

    /** What a store gets that is written to; it keeps nothing of what it knows. */
    StoreContext stores() {
        return new StoreContext(repo, metrics, environment);
    }

    /** The stores of the repo, as its config is now. */
    List<StoreConfig> used() throws IOException {
        return DatastoreSpec.of(Config.read(repo), repo.resolve("config"), types)
                .stores();
    }

    /** Whether there is a kind of store of that spec. */
    boolean knows(Map<String, @Nullable Object> spec) {
        return types.stream().anyMatch(type -> type.name().equals(spec.get("type")));
    }
}
