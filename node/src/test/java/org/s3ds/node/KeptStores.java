package org.s3ds.node;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreType;

/**
 * Store types in memory that outlive their repo, with the disk specs of {@code s3ds}, {@code levelds}, {@code flatfs}.
 */
public final class KeptStores {
    private final Map<Map<String, @Nullable Object>, MemoryDatastore> stores = new ConcurrentHashMap<>();
    private final List<StoreContext> contexts = new CopyOnWriteArrayList<>();
    private final ScriptedDatastore.Script script;
    private volatile boolean keepsChecksums;

    public KeptStores() {
        this((call, key) -> {});
    }

    public KeptStores(ScriptedDatastore.Script script) {
        this.script = script;
    }

    /** All of them. */
    public List<StoreType> types() {
        return List.of(
                new Type("s3ds", List.of("bucket", "region", "rootDirectory")),
                new Type("levelds", List.of("path", "type")),
                new Type("flatfs", List.of("path", "shardFunc", "type")));
    }

    /** From now on they keep the checksum of each value, as it was put. */
    public void keepChecksums() {
        keepsChecksums = true;
    }

    /** What is kept under a disk spec. */
    public MemoryDatastore kept(Map<String, @Nullable Object> diskSpec) {
        return stores.computeIfAbsent(diskSpec, key -> new MemoryDatastore());
    }

    /** What stores were opened with, one after the other. */
    public List<StoreContext> contexts() {
        return contexts;
    }

    /** The store at {@code datastore}. */
    public MemoryDatastore levelds() {
        return kept(Map.of("type", "levelds", "path", "datastore"));
    }

    private final class Type implements StoreType {
        private final String name;
        private final List<String> kept;

        Type(String name, List<String> kept) {
            this.name = name;
            this.kept = kept;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public StoreConfig parse(Map<String, @Nullable Object> spec) throws SpecException {
            if (spec.containsKey("wrong")) {
                throw new SpecException(name + ": wrong");
            }
            if (spec.containsKey("field")) {
                throw new SpecException("field", " is wrong");
            }
            Map<String, Object> disk = new TreeMap<>();
            for (String field : kept) {
                Object value = spec.get(field);
                disk.put(field, value == null ? "" : value);
            }
            List<String> warnings = spec.containsKey("bukket") ? List.of("no 'bukket'") : List.of();
            return new StoreConfig() {
                @Override
                public Map<String, Object> diskSpec() {
                    return disk;
                }

                @Override
                public List<String> warnings() {
                    return warnings;
                }

                @Override
                public Datastore open(StoreContext context) throws DatastoreException {
                    contexts.add(context);
                    if (spec.containsKey("unopenable")) {
                        throw new DatastoreException(name + ": cannot be opened");
                    }
                    return new ScriptedDatastore(kept(Map.copyOf(disk)), script, keepsChecksums);
                }
            };
        }
    }
}
