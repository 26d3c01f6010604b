package org.s3ds.datastore;

/**
 * What a plugin and its node have to agree on: this package, and two entries in the manifest of the plugin's jar. The
 * jar names its {@link StoreType}s in {@code META-INF/services/org.s3ds.datastore.StoreType}, and brings every library
 * that they need: beside the JDK they see this package, and nothing else of the node.
 */
public final class PluginApi {
    /** The version of this package, raised when a store that was built for it would break. */
    public static final int VERSION = 1;

    /** The manifest entry with the {@link #VERSION} that a plugin was built for. */
    public static final String VERSION_ENTRY = "S3ds-Plugin-Api";

    /** The manifest entry with the plugin's name, which all its types give as {@link StoreType#plugin()}. */
    public static final String NAME_ENTRY = "S3ds-Plugin-Name";

    private PluginApi() {}
}
