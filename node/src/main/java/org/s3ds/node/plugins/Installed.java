package org.s3ds.node.plugins;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A plugin that was installed.
 *
 * @param types the store types it brings
 * @param file the jar in the folder
 * @param before what was there under the same name; empty when it is new
 */
public record Installed(PluginLabel label, List<String> types, Path file, Optional<PluginLabel> before) {
    /** Copies the types. */
    public Installed {
        types = List.copyOf(types);
    }
}
