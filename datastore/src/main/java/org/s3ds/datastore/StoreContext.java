package org.s3ds.datastore;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a store gets from its node.
 *
 * @param repo the repo's folder, absolute; relative paths in a spec start there
 * @param metrics where counts go
 * @param environment the environment variables of the process
 * @param readOnly whether no file or object of the store may be made, changed or deleted, not even by opening or
 *     closing it; the node puts and deletes nothing then
 * @param tables where it may keep what it knows of its values; empty where nothing may be kept
 */
public record StoreContext(
        Path repo, Metrics metrics, Map<String, String> environment, boolean readOnly, Optional<KeyTables> tables) {
    /** Copies the environment. */
    public StoreContext {
        environment = Map.copyOf(environment);
    }

    /** For reading and writing, with nowhere to keep what is known. */
    public StoreContext(Path repo, Metrics metrics, Map<String, String> environment) {
        this(repo, metrics, environment, false, Optional.empty());
    }

    /** The same, but for reading alone, and with nowhere to keep what is known. */
    public StoreContext toRead() {
        return new StoreContext(repo, metrics, environment, true, Optional.empty());
    }

    /** The same, with nowhere to keep what is known. */
    public StoreContext withoutTables() {
        return new StoreContext(repo, metrics, environment, readOnly, Optional.empty());
    }

    /** The same, with somewhere to keep what is known. */
    public StoreContext with(KeyTables somewhere) {
        return new StoreContext(repo, metrics, environment, readOnly, Optional.of(somewhere));
    }
}
