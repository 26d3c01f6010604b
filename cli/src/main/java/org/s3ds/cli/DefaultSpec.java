package org.s3ds.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The {@code Datastore.Spec} of a new repo, as Kubo lays it out: blocks in one store, everything else in LevelDB. */
final class DefaultSpec {
    private DefaultSpec() {}

    /** The whole spec around that of the store for blocks; both stores are counted under Kubo's names. */
    static Map<String, Object> of(Map<String, ? extends @Nullable Object> blocks) {
        Map<String, Object> others =
                new TreeMap<>(Map.of("type", "levelds", "path", "datastore", "compression", "none"));
        return new TreeMap<>(Map.of(
                "type",
                "mount",
                "mounts",
                List.of(mount("/blocks", prefix(blocks), blocks), mount("/", "leveldb.datastore", others))));
    }

    private static String prefix(Map<String, ? extends @Nullable Object> blocks) {
        String type = String.valueOf(blocks.get("type"));
        boolean isS3 = type.equals(Stores.S3) || type.equals(EmbeddedStoreType.NAME);
        return (isS3 ? "s3" : type) + ".datastore";
    }

    /** The store for blocks where there is no bucket. */
    static Map<String, Object> embedded() {
        return Map.of("type", EmbeddedStoreType.NAME, "path", "embedded");
    }

    private static Map<String, Object> mount(
            String mountpoint, String prefix, Map<String, ? extends @Nullable Object> child) {
        return new TreeMap<>(Map.of("type", "measure", "mountpoint", mountpoint, "prefix", prefix, "child", child));
    }
}
