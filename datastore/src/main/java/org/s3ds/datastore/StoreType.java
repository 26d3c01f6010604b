package org.s3ds.datastore;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kind of store that a repo's {@code Datastore.Spec} can name. What a plugin provides. */
public interface StoreType {
    /** The word in the spec's {@code type} field, such as {@code s3ds}. */
    String name();

    /**
     * The plugin that it belongs to, by which a config disables it: {@code Plugins.Plugins.<name>.Disabled}. Letters,
     * digits, dashes and underscores.
     */
    default String plugin() {
        return name();
    }

    /**
     * Reads a spec. Opens nothing and sends nothing.
     *
     * @param spec the JSON object as strings, booleans, {@code Long} or {@code Double} numbers, lists, maps and nulls
     * @throws SpecException when a field is wrong
     */
    StoreConfig parse(Map<String, @Nullable Object> spec) throws SpecException;
}
