package org.s3ds.node.plugins;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.s3ds.datastore.PluginApi;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreType;
import org.s3ds.node.plugins.PluginReport.State;

/**
 * The store types that a repo can use: those that the program brings, and those of the plugins that were added, less
 * what the config disables. A plugin takes the place of one that the program brings under the same name; otherwise no
 * two may have the same name, or bring the same type. Closed after the stores: no class of a plugin can be loaded then.
 */
public final class StoreTypes implements AutoCloseable {
    /** Those that every node has itself. */
    private static final Set<String> COMBINED = Set.of("mount", "measure", "log", "mem");

    private final List<StoreType> bundled;
    private final Set<String> disabled;
    private final List<LoadedPlugin> plugins = new ArrayList<>();

    StoreTypes(List<StoreType> bundled, Set<String> disabled) {
        this.bundled = bundled;
        this.disabled = disabled;
    }

    /** Loads a plugin. */
    void add(PluginLabel label, NamedJar jar) throws IOException {
        Optional<LoadedPlugin> namesake = plugins.stream()
                .filter(other -> other.label().name().equals(label.name()))
                .findFirst();
        if (namesake.isPresent()) {
            throw new PluginException("%s (%s) and %s (%s) are the same plugin: remove one of them"
                    .formatted(namesake.get().code().file(), namesake.get().label(), jar.shown(), label));
        }
        LoadedPlugin plugin = LoadedPlugin.load(label, jar);
        try {
            for (StoreType type : plugin.types()) {
                refuseClash(plugin, type.name());
            }
        } catch (PluginException e) {
            plugin.close();
            throw e;
        }
        plugins.add(plugin);
    }

    private void refuseClash(LoadedPlugin plugin, String type) throws PluginException {
        String subject =
                "%s (%s) brings the store type %s, ".formatted(plugin.code().file(), plugin.label(), type);
        if (COMBINED.contains(type)) {
            throw new PluginException(subject + "which every node has itself"
                    + plugin.code().jar().toRemove(": remove it"));
        }
        for (LoadedPlugin other : plugins) {
            if (brings(other.types(), type)) {
                throw new PluginException(subject
                        + "as does %s (%s): remove one of them, or disable it with s3ds config --json Plugins.Plugins.%s.Disabled true"
                                .formatted(
                                        other.code().file(),
                                        other.label(),
                                        other.label().name()));
            }
        }
        for (StoreType other : bundled) {
            String owner = other.plugin();
            if (other.name().equals(type) && !owner.equals(plugin.label().name()) && !disabled.contains(owner)) {
                throw new PluginException(subject
                        + "as does %s, which is built in: %sdisable the other with s3ds config --json Plugins.Plugins.%s.Disabled true"
                                .formatted(owner, plugin.code().jar().toRemove("remove it, or "), owner));
            }
        }
    }

    private static boolean brings(List<StoreType> types, String name) {
        return types.stream().anyMatch(type -> type.name().equals(name));
    }

    /** What to say of a type that is not among those that can be used. */
    public static SpecException unknown(String name, Collection<StoreType> usable) {
        String there = Stream.concat(usable.stream().map(StoreType::name), COMBINED.stream())
                .sorted()
                .collect(Collectors.joining(", "));
        return new SpecException(
                "unknown datastore type: " + name + "; there are " + there
                        + "; others come as plugins, by s3ds plugin install FILE, unless s3ds plugin list shows them as disabled");
    }

    /** All that can be used. */
    public List<StoreType> all() {
        List<StoreType> all = Stream.concat(
                        bundled.stream().filter(type -> !isOff(type) && !isReplaced(type)),
                        plugins.stream().flatMap(plugin -> plugin.types().stream()))
                .toList();
        return all.stream().map(type -> type.among(all)).toList();
    }

    private boolean isOff(StoreType type) {
        return disabled.contains(type.plugin());
    }

    private boolean isReplaced(StoreType type) {
        return plugins.stream().anyMatch(plugin -> plugin.label().name().equals(type.plugin()));
    }

    /** The names of the types that the plugin brings that was added last. */
    List<String> lastAdded() {
        return names(plugins.getLast().types());
    }

    /** What is to be said of the plugins that the program brings. */
    List<PluginReport> builtIn(String version) {
        Map<String, List<StoreType>> byPlugin =
                bundled.stream().collect(Collectors.groupingBy(StoreType::plugin, TreeMap::new, Collectors.toList()));
        List<PluginReport> reports = new ArrayList<>();
        byPlugin.forEach((name, types) -> {
            PluginLabel label = new PluginLabel(name, version, PluginApi.VERSION);
            State state = stateOf(types.getFirst());
            reports.add(new PluginReport(Optional.of(label), names(types), Optional.empty(), state, ""));
        });
        return reports;
    }

    private State stateOf(StoreType type) {
        if (isOff(type)) {
            return State.DISABLED;
        }
        return isReplaced(type) ? State.REPLACED : State.ENABLED;
    }

    private static List<String> names(List<StoreType> types) {
        return types.stream().map(StoreType::name).toList();
    }

    @Override
    public void close() throws IOException {
        List<IOException> failures = new ArrayList<>();
        for (LoadedPlugin plugin : plugins) {
            try {
                plugin.close();
            } catch (IOException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }
}
