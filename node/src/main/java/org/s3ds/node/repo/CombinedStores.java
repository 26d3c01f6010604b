package org.s3ds.node.repo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.LogDatastore;
import org.s3ds.datastore.MeasuredDatastore;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.MountDatastore;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;

/** The store configs that are built in: those that hold others, and memory. */
final class CombinedStores {
    private CombinedStores() {}

    /** Measured; not seen on disk. */
    record Measured(StoreConfig child, String prefix) implements StoreConfig {
        @Override
        public Map<String, Object> diskSpec() {
            return child.diskSpec();
        }

        @Override
        public Datastore open(StoreContext context) throws DatastoreException {
            return new MeasuredDatastore(prefix, child.open(context), context.metrics());
        }
    }

    /** Every call logged; not seen on disk. */
    record Logged(StoreConfig child, String name) implements StoreConfig {
        @Override
        public Map<String, Object> diskSpec() {
            return child.diskSpec();
        }

        @Override
        public Datastore open(StoreContext context) throws DatastoreException {
            System.Logger logger = System.getLogger("org.s3ds.datastore.log");
            return new LogDatastore(
                    name, child.open(context), line -> logger.log(System.Logger.Level.INFO, "{0}", line));
        }
    }

    /** In memory, gone when closed; nothing of it on disk. */
    record Memory() implements StoreConfig {
        @Override
        public Map<String, Object> diskSpec() {
            return Map.of();
        }

        @Override
        public Datastore open(StoreContext context) {
            return new MemoryDatastore();
        }
    }

    /** A store and the key below which it lies. */
    record Mount(Key mountpoint, StoreConfig store) {}

    /** Several stores, in Kubo's sequence. */
    record Mounted(List<Mount> mounts) implements StoreConfig {
        Mounted {
            mounts = List.copyOf(mounts);
        }

        @Override
        public Map<String, Object> diskSpec() {
            List<Map<String, Object>> specs = new ArrayList<>();
            for (Mount mount : mounts) {
                Map<String, Object> spec = new HashMap<>(mount.store().diskSpec());
                spec.put("mountpoint", mount.mountpoint().toString());
                specs.add(spec);
            }
            return Map.of("mounts", specs, "type", "mount");
        }

        @Override
        public Datastore open(StoreContext context) throws DatastoreException {
            List<MountDatastore.Mount> open = new ArrayList<>();
            try {
                for (Mount mount : mounts) {
                    open.add(new MountDatastore.Mount(
                            mount.mountpoint(), mount.store().open(context)));
                }
                return new MountDatastore(open);
            } catch (DatastoreException | RuntimeException e) {
                for (MountDatastore.Mount mount : open.reversed()) {
                    closeAfter(mount.store(), e);
                }
                throw e;
            }
        }

        private static void closeAfter(Datastore store, Exception cause) {
            try {
                store.close();
            } catch (DatastoreException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
