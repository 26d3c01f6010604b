package org.s3ds.datastore;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of store that a repo's {@code Datastore.Spec} can name. What a plugin provides: a jar names its types, which
 * are public and have a public constructor without parameters, in
 * {@code META-INF/services/org.s3ds.datastore.StoreType}. One instance serves a whole process, so stores of one type
 * may share what it holds.
 */
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
     * The same type, for a node that has these others. For a store that keeps its data by means of a store of another
     * type; most have nothing to do here.
     *
     * @param all every type that a spec of the node may name, this one too
     */
    default StoreType among(List<StoreType> all) {
        return this;
    }

    /**
     * Reads a spec. Opens nothing and sends nothing.
     *
     * @param spec the JSON object as strings, booleans, {@code Long} or {@code Double} numbers, lists, maps and nulls
     * @throws SpecException when a field is wrong
     */
    StoreConfig parse(Map<String, @Nullable Object> spec) throws SpecException;

    /**
     * Reads the spec of a store that is yet to be: whatever {@link #parse} only warns of is an error.
     *
     * @throws SpecException when a field is wrong, or there is anything to warn of
     */
    default StoreConfig parseStrictly(Map<String, @Nullable Object> spec) throws SpecException {
        StoreConfig config = parse(spec);
        if (!config.warnings().isEmpty()) {
            throw new SpecException(name() + ": " + String.join("; ", config.warnings()));
        }
        return config;
    }
}
