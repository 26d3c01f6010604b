package org.s3ds.node.plugins;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is to be said of a plugin.
 *
 * @param label what it says of itself; empty where that cannot be read
 * @param types the store types it brings, as far as it was loaded
 * @param file the jar; empty for one that is built in
 * @param state whether its types can be used
 * @param problem why it is refused, a sentence; empty in every other state
 */
public record PluginReport(
        Optional<PluginLabel> label, List<String> types, Optional<Path> file, State state, String problem) {
    /** Copies the types. */
    public PluginReport {
        types = List.copyOf(types);
    }

    /** Whether a plugin's types can be used. */
    public enum State {
        /** They can. */
        ENABLED,
        /** The config disables it. */
        DISABLED,
        /** It is built in, and a jar of the same name takes its place. */
        REPLACED,
        /** It must not or cannot be loaded, and no repo is opened while it is there. */
        REFUSED
    }

    static PluginReport refused(Optional<PluginLabel> label, Path file, PluginException why) {
        return new PluginReport(label, List.of(), Optional.of(file), State.REFUSED, String.valueOf(why.getMessage()));
    }

    static PluginReport disabled(PluginLabel label, Path file) {
        return new PluginReport(Optional.of(label), List.of(), Optional.of(file), State.DISABLED, "");
    }
}
