package org.s3ds.node.repo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code Datastore.Spec} of each datastore profile of Kubo. */
final class ProfileSpecs {
    private static final Map<String, Object> FLATFS = Map.of(
            "type", "flatfs",
            "path", "blocks",
            "sync", false,
            "shardFunc", "/repo/flatfs/shard/v1/next-to-last/2");
    private static final Map<String, Object> LEVELDS =
            Map.of("type", "levelds", "path", "datastore", "compression", "none");
    private static final Map<String, Object> PEBBLEDS =
            Map.of("type", "pebbleds", "path", "pebbleds", "formatMajorVersion", 0L);
    private static final Map<String, Object> BADGERDS =
            Map.of("type", "badgerds", "path", "badgerds", "syncWrites", false, "truncate", true);

    private ProfileSpecs() {}

    /** Empty when no datastore profile has the name. */
    static Optional<Map<String, Object>> of(String profile) {
        return Optional.ofNullable(
                switch (profile) {
                    case "default-datastore", "flatfs" ->
                        mount(
                                with(FLATFS, "mountpoint", "/blocks", "prefix", "flatfs.datastore"),
                                with(LEVELDS, "mountpoint", "/", "prefix", "leveldb.datastore"));
                    case "flatfs-measure" ->
                        mount(
                                with(measure(FLATFS, "flatfs.datastore"), "mountpoint", "/blocks"),
                                with(measure(LEVELDS, "leveldb.datastore"), "mountpoint", "/"));
                    case "pebbleds" -> PEBBLEDS;
                    case "pebbleds-measure" -> measure(PEBBLEDS, "pebble.datastore");
                    case "badgerds" -> BADGERDS;
                    case "badgerds-measure" -> measure(BADGERDS, "badger.datastore");
                    default -> null;
                });
    }

    private static Map<String, Object> mount(Map<String, Object> blocks, Map<String, Object> root) {
        return Map.of("type", "mount", "mounts", List.of(blocks, root));
    }

    private static Map<String, Object> measure(Map<String, Object> child, String prefix) {
        return Map.of("type", "measure", "prefix", prefix, "child", child);
    }

    private static Map<String, Object> with(Map<String, Object> spec, String... pairs) {
        Map<String, Object> more = new HashMap<>(spec);
        for (int i = 0; i < pairs.length; i += 2) {
            more.put(pairs[i], pairs[i + 1]);
        }
        return more;
    }
}
