package org.s3ds.datastore;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a store gets from its node.
 *
 * @param repo the repo's folder, absolute; relative paths in a spec start there
 * @param metrics where counts go
 * @param environment the environment variables of the process
 * @param readOnly whether no file or object of the store may be made, changed or deleted, not even by opening or
 *     closing it; the node puts and deletes nothing then
 */
public record StoreContext(Path repo, Metrics metrics, Map<String, String> environment, boolean readOnly) {
    /** Copies the environment. */
    public StoreContext {
        environment = Map.copyOf(environment);
    }

    /** For reading and writing. */
    public StoreContext(Path repo, Metrics metrics, Map<String, String> environment) {
        this(repo, metrics, environment, false);
    }

    /** The same, but for reading alone. */
    public StoreContext toRead() {
        return new StoreContext(repo, metrics, environment, true);
    }
}
