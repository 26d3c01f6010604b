package org.s3ds.datastore;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a store gets from its node.
 *
 * @param repo the repo's folder, absolute; relative paths in a spec start there
 * @param metrics where counts go
 * @param environment the environment variables of the process
 */
public record StoreContext(Path repo, Metrics metrics, Map<String, String> environment) {
    /** Copies the environment. */
    public StoreContext {
        environment = Map.copyOf(environment);
    }
}
