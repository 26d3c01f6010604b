package org.s3ds.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreType;
import org.s3ds.node.plugins.StoreTypes;

/**
 * The kinds of store that the program knows, beyond {@code mount}, {@code measure}, {@code log} and {@code mem}, which
 * every repo knows. What is on the class path is found there; to add one is to put its jar there.
 */
final class Stores {
    /** The store type that the options of {@code init} are about. */
    static final String S3 = "s3ds";

    private Stores() {}

    /** Those on the class path, each new, and {@code s3ds-embedded}. */
    static List<StoreType> bundled() {
        List<StoreType> types = new ArrayList<>();
        ServiceLoader.load(StoreType.class, Stores.class.getClassLoader()).forEach(types::add);
        types.add(new EmbeddedStoreType(List.copyOf(types)));
        return List.copyOf(types);
    }

    /**
     * The one with a name.
     *
     * @throws SpecException when there is none
     */
    static StoreType named(String name, List<StoreType> types) throws SpecException {
        return types.stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> StoreTypes.unknown(name, types));
    }
}
