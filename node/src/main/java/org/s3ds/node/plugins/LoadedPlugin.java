package org.s3ds.node.plugins;

import java.io.Closeable;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.PluginApi;
import org.s3ds.datastore.StoreType;

/**
 * A plugin whose store types can be used until it is closed.
 *
 * @param loader what its classes come from: its jar, and below that {@link ApiClassLoader}
 */
record LoadedPlugin(PluginCode code, URLClassLoader loader, List<StoreType> types) implements Closeable {
    /**
     * Loads a jar.
     *
     * @throws PluginException when it does not fit this program, or is broken
     */
    static LoadedPlugin load(PluginLabel label, NamedJar jar) throws IOException {
        checkApi(label, jar.shown());
        URLClassLoader loader = new URLClassLoader(
                "plugin " + label.name(), new URL[] {jar.file().toUri().toURL()}, new ApiClassLoader());
        try {
            PluginCode code = new PluginCode(jar, label, loader);
            return new LoadedPlugin(code, loader, typesOf(code));
        } catch (IOException | RuntimeException e) {
            loader.close();
            throw e;
        }
    }

    private static void checkApi(PluginLabel label, Path shown) throws PluginException {
        if (label.api() != PluginApi.VERSION) {
            String newer = label.api() > PluginApi.VERSION ? ", or a newer s3ds" : "";
            throw new PluginException(
                    "%s (%s) was built for version %d of the plugin API, and this s3ds has version %d: take a build of it for version %d%s"
                            .formatted(shown, label, label.api(), PluginApi.VERSION, PluginApi.VERSION, newer));
        }
    }

    private static List<StoreType> typesOf(PluginCode code) throws IOException {
        List<StoreType> types = new ArrayList<>();
        try {
            code.run(() -> {
                for (StoreType type : ServiceLoader.load(StoreType.class, code.loader())) {
                    PluginType named = typeOf(type, code);
                    if (types.stream().anyMatch(other -> other.name().equals(named.name()))) {
                        throw new DatastoreException(
                                code.unusable("it brings the store type " + named.name() + " twice"));
                    }
                    types.add(named);
                }
            });
        } catch (RuntimeException | Error e) {
            throw new PluginException(code.whatIsWrong(e), e);
        } catch (IOException e) {
            throw new PluginException(String.valueOf(e.getMessage()), e);
        }
        if (types.isEmpty()) {
            throw new PluginException("%s (%s) brings no store: it has no META-INF/services/%s%s"
                    .formatted(
                            code.file(),
                            code.label(),
                            StoreType.class.getName(),
                            code.jar().toRemove("; remove it")));
        }
        return List.copyOf(types);
    }

    private static PluginType typeOf(StoreType type, PluginCode code) throws DatastoreException {
        String name = Objects.requireNonNull(type.name(), "the name of a store type");
        String plugin = Objects.requireNonNull(type.plugin(), "the plugin of a store type");
        if (!plugin.equals(code.label().name())) {
            throw new DatastoreException(
                    code.unusable("its store type " + name + " says that it belongs to the plugin " + plugin));
        }
        return new PluginType(name, type, code);
    }

    PluginLabel label() {
        return code.label();
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
