package org.s3ds.node.repo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreType;

/**
 * The store that a {@code Datastore.Spec} has at one mountpoint.
 *
 * @param mountpoint where it is mounted
 * @param element what stands there: its spec, perhaps within that of what counts its calls, with the mountpoint
 * @param whole the spec in which it stands
 */
public record MountedStore(Key mountpoint, Map<String, @Nullable Object> element, Map<String, @Nullable Object> whole) {
    private static final String MOUNTS = "mounts";
    private static final String MOUNTPOINT = "mountpoint";
    private static final String CHILD = "child";
    private static final String TYPE = "type";
    private static final String PREFIX = "prefix";

    /**
     * Finds it.
     *
     * @throws RepoException when nothing is mounted there; the sentence says what is
     */
    public static MountedStore in(Config config, Key mountpoint) throws RepoException {
        Map<String, @Nullable Object> whole = map(config.find("Datastore.Spec").orElse(null));
        List<String> others = new ArrayList<>();
        for (Object each : mounts(whole)) {
            Map<String, @Nullable Object> element = map(each);
            if (isAt(element, mountpoint)) {
                return new MountedStore(mountpoint, element, whole);
            }
            others.add(String.valueOf(element.get(MOUNTPOINT)));
        }
        throw new RepoException("nothing is mounted at " + mountpoint + " in Datastore.Spec of the config"
                + (others.isEmpty()
                        ? ": it has one store for everything"
                        : "; there are stores at " + String.join(" and ", others)));
    }

    /**
     * It, ready to be opened.
     *
     * @throws SpecException when its spec is wrong
     */
    public StoreConfig store(List<StoreType> types) throws SpecException {
        return DatastoreSpec.parse(spec(), types).stores().getFirst();
    }

    /** Its own spec, without what counts its calls, and without the mountpoint. */
    public Map<String, @Nullable Object> spec() {
        return own(element);
    }

    /**
     * The whole spec with another store in its place, which is counted as Kubo's profiles have it.
     *
     * @param store the spec of that one
     */
    public Map<String, @Nullable Object> withStore(Map<String, ? extends @Nullable Object> store) {
        return withElement(around(store));
    }

    /** The whole spec with another element in its place, mountpoint included. */
    public Map<String, @Nullable Object> withElement(Map<String, @Nullable Object> other) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(whole);
        List<Object> mounts = new ArrayList<>();
        for (Object each : mounts(whole)) {
            Map<String, @Nullable Object> there = map(each);
            mounts.add(isAt(there, mountpoint) ? other : there);
        }
        copy.put(MOUNTS, mounts);
        return copy;
    }

    /** The same with another spec for the store itself, such as one with newer credentials. */
    public MountedStore with(Map<String, ? extends @Nullable Object> store) {
        return new MountedStore(mountpoint, replaced(element, store), whole);
    }

    private static Map<String, @Nullable Object> replaced(
            Map<String, @Nullable Object> element, Map<String, ? extends @Nullable Object> store) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(element);
        if (isCounted(element)) {
            copy.put(CHILD, replaced(map(element.get(CHILD)), store));
        } else {
            copy.putAll(store);
        }
        return copy;
    }

    private static boolean isCounted(Map<String, @Nullable Object> element) {
        return element.get(CHILD) != null && List.of("measure", "log").contains(String.valueOf(element.get(TYPE)));
    }

    private Map<String, @Nullable Object> around(Map<String, ? extends @Nullable Object> store) {
        String type = String.valueOf(store.get(TYPE));
        String counted = switch (type) {
            case "s3ds", "s3ds-embedded" -> "s3";
            case "levelds" -> "leveldb";
            default -> type;
        };
        Map<String, @Nullable Object> element = new LinkedHashMap<>();
        element.put(CHILD, store);
        element.put(MOUNTPOINT, mountpoint.toString());
        element.put(PREFIX, counted + ".datastore");
        element.put(TYPE, "measure");
        return element;
    }

    private static List<?> mounts(Map<String, @Nullable Object> spec) {
        return spec.get(MOUNTS) instanceof List<?> mounts ? mounts : List.of();
    }

    private static boolean isAt(Map<String, @Nullable Object> element, Key mountpoint) {
        return element.get(MOUNTPOINT) instanceof String text && Key.of(text).equals(mountpoint);
    }

    private static Map<String, @Nullable Object> own(Map<String, @Nullable Object> element) {
        if (isCounted(element)) {
            return own(map(element.get(CHILD)));
        }
        Map<String, @Nullable Object> own = new LinkedHashMap<>(element);
        own.remove(MOUNTPOINT);
        own.remove(PREFIX); // what Kubo's profiles leave there of a time when it counted
        return own;
    }

    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> copy.put((String) key, each));
        }
        return copy;
    }
}
