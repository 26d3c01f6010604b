package org.s3ds.node.repo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreType;
import org.s3ds.node.plugins.StoreTypes;

/** Reads a {@code Datastore.Spec}, in Kubo's sequence of checks and with its sentences. */
final class SpecParser {
    private final Map<String, StoreType> types;
    private final Reading reading;
    private final List<StoreConfig> stores = new ArrayList<>();

    /** How a store's spec is read. */
    interface Reading {
        StoreConfig read(StoreType type, Map<String, @Nullable Object> spec) throws SpecException;
    }

    SpecParser(List<StoreType> types, Reading reading) {
        this.reading = reading;
        this.types = types.stream().collect(Collectors.toMap(StoreType::name, Function.identity()));
    }

    StoreConfig parse(@Nullable Object spec) throws SpecException {
        if (spec instanceof Map<?, ?> map) {
            return within("Datastore.Spec", map);
        }
        throw new SpecException("Datastore.Spec must be an object with a 'type'");
    }

    /** What was read by a type of store, in the sequence in which it was read. */
    List<StoreConfig> stores() {
        return stores;
    }

    /** What is wrong inside is told with its path from here. */
    private StoreConfig within(String place, Map<?, ?> spec) throws SpecException {
        try {
            return parse(spec);
        } catch (SpecException e) {
            throw e.within(place);
        }
    }

    private StoreConfig parse(Map<?, ?> spec) throws SpecException {
        if (spec.get("type") instanceof String type) {
            return parse(type, spec);
        }
        throw new SpecException("'type' field missing or not a string");
    }

    private StoreConfig parse(String type, Map<?, ?> spec) throws SpecException {
        return switch (type) {
            case "mount" -> mount(spec);
            case "measure" -> new CombinedStores.Measured(child(spec), text(spec, "prefix"));
            case "log" -> new CombinedStores.Logged(child(spec), text(spec, "name"));
            case "mem" -> new CombinedStores.Memory();
            default -> store(type, spec);
        };
    }

    private StoreConfig store(String name, Map<?, ?> spec) throws SpecException {
        StoreType type = types.get(name);
        if (type != null) {
            StoreConfig store = reading.read(type, plain(spec));
            stores.add(store);
            return store;
        }
        if (name.equals("badgerds") || name.equals("pebbleds")) {
            throw new SpecException("unknown datastore type: " + name + ": s3ds has no " + name + " store; to take"
                    + " your data along, export what is pinned with Kubo (ipfs dag export) and import it into a repo"
                    + " on flatfs or s3ds");
        }
        throw StoreTypes.unknown(name, types.values());
    }

    private StoreConfig child(Map<?, ?> spec) throws SpecException {
        if (spec.get("child") instanceof Map<?, ?> child) {
            return within("child", child);
        }
        throw new SpecException("'child' field is missing or not a map");
    }

    private static String text(Map<?, ?> spec, String field) throws SpecException {
        if (spec.get(field) instanceof String text) {
            return text;
        }
        throw new SpecException("'" + field + "' field was missing or not a string");
    }

    private StoreConfig mount(Map<?, ?> spec) throws SpecException {
        if (!(spec.get("mounts") instanceof List<?> elements)) {
            throw new SpecException("'mounts' field is missing or not an array");
        }
        List<CombinedStores.Mount> mounts = new ArrayList<>();
        for (Object element : elements) {
            if (!(element instanceof Map<?, ?> child)) {
                throw new SpecException("expected map for mountpoint");
            }
            mounts.add(mountOf("mounts[" + mounts.size() + "]", child));
        }
        // a longer mountpoint comes before its own beginning, so the first one above a key is the nearest
        mounts.sort(Comparator.comparing(CombinedStores.Mount::mountpoint, Key.BYTE_ORDER)
                .reversed());
        refuseTwins(mounts);
        return new CombinedStores.Mounted(mounts);
    }

    /** Kubo reads the store before it looks for the mountpoint. */
    private CombinedStores.Mount mountOf(String place, Map<?, ?> spec) throws SpecException {
        StoreConfig store = within(place, spec);
        Object mountpoint = spec.get("mountpoint");
        if (mountpoint == null) {
            throw new SpecException("no 'mountpoint' on mount");
        }
        if (mountpoint instanceof String text) {
            return new CombinedStores.Mount(Key.of(text), store);
        }
        throw new SpecException("'mountpoint' on mount is not a string"); // where Kubo crashes
    }

    /** Kubo lets chance decide which of two is used. */
    private static void refuseTwins(List<CombinedStores.Mount> mounts) throws SpecException {
        for (int i = 1; i < mounts.size(); i++) {
            if (mounts.get(i).mountpoint().equals(mounts.get(i - 1).mountpoint())) {
                throw new SpecException(
                        "mountpoint '" + mounts.get(i).mountpoint() + "' is there twice; each must differ");
            }
        }
    }

    /** As {@link StoreType} wants it: numbers are Long or Double; where a store is mounted is not its business. */
    private static Map<String, @Nullable Object> plain(Map<?, ?> spec) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        spec.forEach((key, value) -> plain.put((String) key, plainValue(value)));
        plain.remove("mountpoint");
        return plain;
    }

    private static @Nullable Object plainValue(@Nullable Object value) {
        return switch (value) {
            case BigDecimal number -> number.doubleValue();
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, child) -> copy.put((String) key, plainValue(child)));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(child -> copy.add(plainValue(child)));
                yield copy;
            }
            case null, default -> value;
        };
    }
}
