package org.s3ds.node.repo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreClaims;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreType;

/** A repo's {@code Datastore.Spec}, read and found right: a tree of stores, not yet open. */
public final class DatastoreSpec {
    private final StoreConfig root;
    private final List<StoreConfig> stores;

    private DatastoreSpec(StoreConfig root, List<StoreConfig> stores) {
        this.root = root;
        this.stores = List.copyOf(stores);
    }

    /**
     * Reads a spec. Opens nothing and sends nothing.
     *
     * @param spec the value of {@code Datastore.Spec}, as {@link Json} knows it
     * @param types the kinds of store there are besides {@code mount}, {@code measure}, {@code log} and {@code mem}
     * @throws SpecException in Kubo's sentence, the first wrong field wins
     */
    public static DatastoreSpec parse(@Nullable Object spec, List<StoreType> types) throws SpecException {
        return read(spec, new SpecParser(types, StoreType::parse));
    }

    private static DatastoreSpec read(@Nullable Object spec, SpecParser parser) throws SpecException {
        return new DatastoreSpec(parser.parse(spec), parser.stores());
    }

    /**
     * Reads the spec of a config.
     *
     * @param file what the config is called where a field of it is wrong
     * @throws RepoException when there is none
     */
    public static DatastoreSpec of(Config config, Path file, List<StoreType> types) throws IOException {
        return of(config, file.toString(), new SpecParser(types, StoreType::parse));
    }

    /** The same for a repo that is yet to be made: whatever a store would only warn of is an error. */
    public static DatastoreSpec ofNew(Config config, String file, List<StoreType> types) throws IOException {
        return of(config, file, new SpecParser(types, StoreType::parseStrictly));
    }

    private static DatastoreSpec of(Config config, String file, SpecParser parser) throws IOException {
        for (String key : List.of("Datastore.Type", "Datastore.Path")) {
            if (config.find(key).filter(value -> !value.equals("")).isPresent()) {
                throw new RepoException("old style datatstore config detected"); // Kubo's spelling
            }
        }
        Object spec = config.find("Datastore.Spec")
                .orElseThrow(() -> new RepoException("required Datastore.Spec entry missing from config file"));
        try {
            return read(spec, parser);
        } catch (SpecException e) {
            throw e.in(file);
        }
    }

    /** The stores in it that are no combination of others, in the sequence in which they stand in the spec. */
    public List<StoreConfig> stores() {
        return stores;
    }

    /** The words that a spec has in its {@code type} fields, at any depth; whether they are known or not. */
    public static Set<String> typesIn(@Nullable Object spec) {
        Set<String> types = new TreeSet<>();
        switch (spec) {
            case Map<?, ?> map -> {
                if (map.get("type") instanceof String type) {
                    types.add(type);
                }
                map.values().forEach(child -> types.addAll(typesIn(child)));
            }
            case List<?> list -> list.forEach(child -> types.addAll(typesIn(child)));
            case null, default -> {}
        }
        return types;
    }

    /** What {@code datastore_spec} holds for this spec: JSON with its keys in byte order, no spaces, no line break. */
    public String diskSpec() {
        // a store that keeps nothing is Go's nil map
        return Json.compact(root.diskSpec().isEmpty() ? null : Json.sorted(root.diskSpec()));
    }

    /** Where the values are: the disk spec, and the places of stores at servers, which that does not name. */
    String place() {
        return Stream.concat(
                        Stream.of(diskSpec()),
                        stores.stream()
                                .flatMap(store -> store.claims().stream())
                                .map(StoreClaims::place))
                .collect(Collectors.joining(" "));
    }

    /** What the user should be told, a sentence each. */
    public List<String> warnings() {
        return stores.stream().flatMap(store -> store.warnings().stream()).toList();
    }

    /** Gives up what the stores have claimed for a repo that is not to be. */
    void release(StoreContext context) throws DatastoreException {
        for (StoreConfig store : stores) {
            if (store.claims().isPresent()) {
                store.claims().get().release(context);
            }
        }
    }

    /**
     * A spec with keys set in the specs of its stores.
     *
     * @param spec the value of a {@code Datastore.Spec}, or of what stands in one
     * @param settings for each store in it, in the sequence of {@link #stores}, the keys to set; those without one stay
     *     as they are
     */
    public static Map<String, @Nullable Object> with(Map<?, ?> spec, Iterator<Map<String, Object>> settings) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        spec.forEach((key, value) -> copy.put((String) key, value));
        switch (String.valueOf(spec.get("type"))) {
            case "mount" -> copy.computeIfPresent("mounts", (key, mounts) -> withEach(mounts, settings));
            case "measure", "log" ->
                copy.computeIfPresent(
                        "child", (key, child) -> child instanceof Map<?, ?> map ? with(map, settings) : child);
            case "mem" -> {}
            default -> copy.putAll(settings.hasNext() ? settings.next() : Map.of());
        }
        return copy;
    }

    private static Object withEach(Object mounts, Iterator<Map<String, Object>> settings) {
        return mounts instanceof List<?> list
                ? list.stream()
                        .map(each -> each instanceof Map<?, ?> map ? with(map, settings) : each)
                        .toList()
                : mounts;
    }

    /** Opens all stores; what is open is closed again when one fails. */
    public Datastore open(StoreContext context) throws DatastoreException {
        return root.open(context);
    }
}
