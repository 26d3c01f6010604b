package org.s3ds.node.plugins;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads which plugins a config disables: {@code Plugins.Plugins.<name>.Disabled}, absent and null being false. */
public final class DisabledPlugins {
    private static final String SECTION = "Plugins";
    private static final String KEY = "Plugins.Plugins";

    private DisabledPlugins() {}

    /**
     * The names of plugins that are not to be loaded.
     *
     * @param plugins the value of {@code Plugins}
     * @param file the config's, for the sentence
     * @throws PluginException when a value is not of its kind
     */
    public static Set<String> in(@Nullable Object plugins, Path file) throws PluginException {
        if (plugins == null) {
            return Set.of(); // as nearly always: nothing more is loaded for it
        }
        Set<String> disabled = new HashSet<>();
        Map<?, ?> each = map(map(plugins, file, SECTION).get(SECTION), file, KEY);
        for (Map.Entry<?, ?> plugin : each.entrySet()) {
            String key = KEY + "." + plugin.getKey();
            Object value = map(plugin.getValue(), file, key).get("Disabled");
            if (value != null && !(value instanceof Boolean)) {
                throw new PluginException("%s: %s.Disabled must be true or false".formatted(file, key));
            }
            if (Boolean.TRUE.equals(value)) {
                disabled.add((String) plugin.getKey());
            }
        }
        return disabled;
    }

    private static Map<?, ?> map(@Nullable Object value, Path file, String key) throws PluginException {
        return switch (value) {
            case null -> Map.of();
            case Map<?, ?> map -> map;
            default -> throw new PluginException("%s: %s must be an object".formatted(file, key));
        };
    }
}
