package org.s3ds.node.plugins;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.s3ds.datastore.StoreType;

/**
 * The folder {@code plugins} of a repo. Each file whose name ends in {@code .jar} is a plugin; hidden files and all
 * others, such as Kubo's, are nobody's business here.
 */
public final class PluginFolder {
    private static final String NAME = "plugins";
    private static final String JAR = ".jar";

    private final Path folder;
    private final List<StoreType> bundled;
    private final Set<String> disabled;

    /**
     * The folder of a repo, which may be absent.
     *
     * @param bundled the types that the program brings
     * @param disabled the names of plugins that are not to be loaded
     */
    public PluginFolder(Path repo, List<StoreType> bundled, Set<String> disabled) {
        this.folder = repo.resolve(NAME);
        this.bundled = List.copyOf(bundled);
        this.disabled = Set.copyOf(disabled);
    }

    /**
     * Loads every plugin that is not disabled.
     *
     * @throws PluginException when one must not or cannot be loaded; none is then
     */
    public StoreTypes load() throws IOException {
        StoreTypes types = new StoreTypes(bundled, disabled);
        try {
            for (Path jar : jars()) {
                PluginLabel label = PluginLabel.read(jar, jar);
                if (!disabled.contains(label.name())) {
                    FileTrust.ofProcess().check(folder, jar);
                    types.add(label, jar, jar);
                }
            }
            return types;
        } catch (IOException | RuntimeException e) {
            types.close();
            throw e;
        }
    }

    /** By name, so that it is always the same one that is refused. */
    private List<Path> jars() throws IOException {
        if (Files.notExists(folder)) {
            return List.of();
        }
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PluginFolder::isJar)) {
            files.forEach(jars::add);
        } catch (NotDirectoryException e) {
            throw new PluginException(folder + " is not a folder: move it away", e);
        }
        jars.sort(null);
        return jars;
    }

    private static boolean isJar(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(JAR) && !name.startsWith(".");
    }
}
