package org.s3ds.node.plugins;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.s3ds.datastore.StoreType;
import org.s3ds.node.plugins.PluginReport.State;

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
                PluginLabel label = PluginLabel.read(NamedJar.inFolder(jar));
                if (!disabled.contains(label.name())) {
                    add(types, label, jar);
                }
            }
            return types;
        } catch (IOException | RuntimeException e) {
            types.close();
            throw e;
        }
    }

    private void add(StoreTypes types, PluginLabel label, Path jar) throws IOException {
        FileTrust.ofProcess().check(folder, jar);
        types.add(label, NamedJar.inFolder(jar));
    }

    /**
     * Looks at every plugin, those that are built in first; one that is refused spoils no other.
     *
     * @param version of what is built in
     */
    public List<PluginReport> list(String version) throws IOException {
        List<PluginReport> jars = new ArrayList<>();
        try (StoreTypes types = new StoreTypes(bundled, disabled)) {
            for (Path jar : jars()) {
                jars.add(report(types, jar));
            }
            List<PluginReport> reports = types.builtIn(version);
            reports.addAll(jars);
            return reports;
        }
    }

    private PluginReport report(StoreTypes types, Path jar) throws IOException {
        Optional<PluginLabel> label = Optional.empty();
        try {
            label = Optional.of(PluginLabel.read(NamedJar.inFolder(jar)));
            if (disabled.contains(label.get().name())) {
                return PluginReport.disabled(label.get(), jar);
            }
            add(types, label.get(), jar);
            return new PluginReport(label, types.lastAdded(), Optional.of(jar), State.ENABLED, "");
        } catch (PluginException e) {
            return PluginReport.refused(label, jar, e);
        }
    }

    /**
     * Copies a plugin into the folder, in place of the one of the same name, when it has proved that it can be loaded
     * beside the others. The file is there whole, or not at all; a node that runs keeps the one that it has loaded.
     * Nobody else may have the repo open.
     *
     * @throws PluginException when it must not or cannot be loaded; the folder is as it was then
     */
    public Installed install(Path file) throws IOException {
        boolean isNew = PluginCopy.makeFolder(folder);
        try {
            return copyIn(file);
        } catch (IOException | RuntimeException e) {
            if (isNew) {
                Files.deleteIfExists(folder);
            }
            throw e;
        }
    }

    private Installed copyIn(Path file) throws IOException {
        try (PluginCopy copy = PluginCopy.of(file, folder)) {
            NamedJar jar = new NamedJar(copy.file(), file);
            PluginLabel label = PluginLabel.read(jar);
            List<Path> namesakes = named(label.name());
            if (namesakes.size() > 1) {
                throw new PluginException("%s and %s are both the plugin %s: remove one of them"
                        .formatted(namesakes.get(0), namesakes.get(1), label.name()));
            }
            List<String> types = tryOut(label, jar, namesakes);
            Path target = namesakes.isEmpty() ? free(label) : namesakes.getFirst();
            Optional<PluginLabel> before =
                    namesakes.isEmpty() ? Optional.empty() : Optional.of(PluginLabel.read(NamedJar.inFolder(target)));
            copy.moveTo(target);
            return new Installed(label, types, target, before);
        }
    }

    /** Loads a plugin beside the others, and lets go of all of them; the types it brings. */
    private List<String> tryOut(PluginLabel label, NamedJar jar, List<Path> replaced) throws IOException {
        try (StoreTypes types = new StoreTypes(bundled, disabled)) {
            for (Path other : jars()) {
                if (!replaced.contains(other)) {
                    report(types, other); // one that is refused by itself is no reason to refuse this one
                }
            }
            FileTrust.ofProcess().check(folder, jar.file());
            types.add(label, jar);
            return types.lastAdded();
        }
    }

    /** Where a plugin goes that is new; a broken file that is there already is mended so. */
    private Path free(PluginLabel label) throws PluginException {
        Path target = folder.resolve(label.name() + JAR);
        Optional<PluginLabel> there = readable(target);
        if (there.isPresent()) {
            throw new PluginException("%s is there already, and is the plugin %s: give it another name, or remove it"
                    .formatted(target, there.get()));
        }
        return target;
    }

    /**
     * Finds the jar of a plugin, to be deleted.
     *
     * @param name the plugin's name, or that of its file
     * @throws PluginException when there is none, or there are two
     */
    public Path find(String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        List<Path> found = jars().contains(file) ? List.of(file) : named(name);
        if (found.size() > 1) {
            throw new PluginException("%s and %s are both the plugin %s: name the file to remove"
                    .formatted(found.get(0).getFileName(), found.get(1).getFileName(), name));
        }
        if (found.isEmpty() && bundled.stream().anyMatch(type -> type.plugin().equals(name))) {
            throw new PluginException(
                    "%s is built in and cannot be removed; to do without it: s3ds config --json Plugins.Plugins.%s.Disabled true"
                            .formatted(name, name));
        }
        if (found.isEmpty()) {
            throw new PluginException(
                    "there is no plugin %s in %s; s3ds plugin list shows what there is".formatted(name, folder));
        }
        return found.getFirst();
    }

    /** The types that nobody would bring any more if a jar were not there; none when it brings none as it is. */
    public List<String> typesOnlyOf(Path jar) throws IOException {
        List<String> before = usable(List.of());
        before.removeAll(usable(List.of(jar)));
        return before;
    }

    private List<String> usable(List<Path> without) throws IOException {
        try (StoreTypes types = new StoreTypes(bundled, disabled)) {
            for (Path jar : jars()) {
                if (!without.contains(jar)) {
                    report(types, jar);
                }
            }
            return new ArrayList<>(types.all().stream().map(StoreType::name).toList());
        }
    }

    private List<Path> named(String name) throws IOException {
        List<Path> named = new ArrayList<>();
        for (Path jar : jars()) {
            if (readable(jar).filter(label -> label.name().equals(name)).isPresent()) {
                named.add(jar);
            }
        }
        return named;
    }

    private static Optional<PluginLabel> readable(Path jar) {
        try {
            return Optional.of(PluginLabel.read(NamedJar.inFolder(jar)));
        } catch (PluginException _) {
            return Optional.empty(); // without a name, whatever it is
        }
    }

    /** By name, so that it is always the same one that is refused. */
    private List<Path> jars() throws IOException {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PluginFolder::isJar)) {
            files.forEach(jars::add);
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (NotDirectoryException e) {
            if (Files.exists(folder)) {
                throw new PluginException(folder + " is not a folder: move it away", e);
            }
            return List.of(); // the repo is not a folder, which is someone else's business
        }
        jars.sort(null);
        return jars;
    }

    private static boolean isJar(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(JAR) && !name.startsWith(".");
    }
}
