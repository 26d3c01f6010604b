package org.s3ds.node.repo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.KeyTables;
import org.s3ds.datastore.MeasuredDatastore;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.ReadOnlyDatastore;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreType;
import org.s3ds.index.RocksTables;
import org.s3ds.node.plugins.DisabledPlugins;
import org.s3ds.node.plugins.PluginFolder;
import org.s3ds.node.plugins.StoreTypes;

/**
 * An open repo: a folder that holds a node's config, identity and datastore, as Kubo keeps it, locked for this process
 * until it is closed.
 */
public final class Repo implements AutoCloseable {
    static final String SPEC_FILE = "datastore_spec";
    static final String KEYSTORE = "keystore";
    private static final String TABLES = "index";
    private static final String MEASURE_PREFIX = "ipfs.fsrepo.datastore";

    private final Path path;
    private final Config config;
    private final String place;
    private final Datastore datastore;
    private final StoreTypes types;
    private final List<String> warnings;
    private final RepoLock lock;
    private final Era era;
    private final Optional<String> refusal;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Repo(
            Path path,
            Config config,
            String place,
            Datastore datastore,
            StoreTypes types,
            List<String> warnings,
            RepoLock lock,
            Era era,
            Optional<String> refusal) {
        this.path = path;
        this.config = config;
        this.place = place;
        this.datastore = datastore;
        this.types = types;
        this.warnings = List.copyOf(warnings);
        this.lock = lock;
        this.era = era;
        this.refusal = refusal;
    }

    /** Puts the first values into the datastore of a new repo. */
    @FunctionalInterface
    public interface Seed {
        /** Everything put is synced on return. */
        void sow(Datastore store) throws IOException;
    }

    /** Makes one config of another. */
    @FunctionalInterface
    public interface Change {
        /** The config to be written. */
        Config apply(Config config) throws IOException;
    }

    /**
     * Opens a repo, in Kubo's sequence: is it one, its lock, its version, can it be written, its config, its datastore,
     * its keystore. A failure lets go of everything. One of version 12 to 17 is opened to be read: nothing in its
     * folder is changed, and whatever would change something fails with a sentence that says so.
     *
     * @param path the folder
     * @param types the kinds of store that its spec may name, beyond the built-in ones and those of its plugins
     * @param metrics where counts go
     * @param environment the environment variables of the process
     * @throws RepoException when it is no repo, someone has it, or it is of another version
     */
    public static Repo open(Path path, List<StoreType> types, Metrics metrics, Map<String, String> environment)
            throws IOException {
        Path folder = path.toAbsolutePath().normalize();
        checkInitialized(folder);
        List<String> warnings = new ArrayList<>();
        LockWait wait = new LockWait(environment, LockWait.SYSTEM, warnings);
        boolean isOld = RepoVersion.likelyRefusal(folder).isPresent();
        RepoLock lock = isOld ? wait.acquireToRead(folder) : wait.acquire(folder);
        try {
            Optional<String> refusal = RepoVersion.refusal(RepoVersion.check(folder));
            if (refusal.isEmpty()) {
                RepoFiles.checkWritable(folder, "writetest");
                SpecSwitch.finish(folder);
                RepoFiles.removeLeftovers(folder);
                RepoFiles.removeLeftovers(folder.resolve("s3ds"));
            }
            Config config = Config.read(folder);
            StoreTypes usable = usable(folder, config, types);
            try {
                DatastoreSpec spec = DatastoreSpec.of(config, folder.resolve(Config.FILE), usable.all());
                checkDiskSpec(folder, spec);
                warnings.addAll(spec.warnings());
                warnings.addAll(unreadable(config));
                StoreContext context = new StoreContext(folder, metrics, environment);
                Era era = Era.of(folder, spec, folder.resolve(TABLES), refusal.isPresent());
                Datastore store = openStore(spec, context, refusal, era);
                return new Repo(folder, config, spec.place(), store, usable, warnings, lock, era, refusal);
            } catch (IOException | RuntimeException e) {
                closeAfter(usable, e);
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            closeAfter(lock, e);
            throw e;
        }
    }

    private static Datastore openStore(DatastoreSpec spec, StoreContext context, Optional<String> refusal, Era era)
            throws IOException {
        if (refusal.isPresent()) {
            return new ReadOnlyDatastore(refusal.get(), openStore(spec, context.toRead()));
        }
        RepoFiles.makeFolder(context.repo().resolve(KEYSTORE), RepoFiles.OWNER_FOLDER);
        try {
            KeyTables tables = era.over(new RocksTables(context.repo().resolve(TABLES), era.name()));
            Datastore store = openStore(spec, context.with(tables));
            era.opened();
            return store;
        } catch (IOException | RuntimeException e) {
            closeAfter(era, e);
            throw e;
        }
    }

    /**
     * Makes a new repo, and leaves it closed.
     *
     * @param path the folder; made when it is not there, its parent must be
     * @param seed puts the first values into its datastore
     * @throws RepoException when there is a repo already, or the folder holds parts of another
     */
    public static void init(
            Path path,
            RepoPlan plan,
            List<StoreType> types,
            Metrics metrics,
            Map<String, String> environment,
            Seed seed)
            throws IOException {
        Path folder = path.toAbsolutePath().normalize();
        Path file = Path.of(Config.FILE);
        try (StoreTypes usable = usable(folder, plan.config(), types)) {
            StoreContext context = new StoreContext(folder, metrics, environment);
            new RepoInit(context, plan, DatastoreSpec.of(plan.config(), file, usable.all()), seed).run(step -> {});
        }
    }

    /**
     * Changes the config of a repo under its lock, without opening its datastore. A change that changes nothing writes
     * nothing: it asks whether one may be made.
     *
     * @param types the kinds of store that its spec may name, beyond the built-in ones and those of its plugins
     * @throws RepoException when it is no repo, someone has it, it is only read, or its {@code Datastore.Spec} would
     *     become that of another datastore, so that it could not be opened again
     */
    public static void changeConfig(Path path, List<StoreType> types, Map<String, String> environment, Change change)
            throws IOException {
        changeConfig(path, types, environment, change, true);
    }

    /**
     * Does what {@link #changeConfig(Path, List, Map, Change)} does, and fails where it would, but leaves the config as
     * it is.
     */
    public static void tryChange(Path path, List<StoreType> types, Map<String, String> environment, Change change)
            throws IOException {
        changeConfig(path, types, environment, change, false);
    }

    /**
     * The kinds of store that a repo with some config can use, beyond the built-in ones: for who looks at its spec and
     * leaves it closed. The caller closes them.
     *
     * @param path the folder, which need not be a repo yet
     * @param types those that the program brings
     * @throws org.s3ds.node.plugins.PluginException when a plugin must not or cannot be loaded
     */
    public static StoreTypes usable(Path path, Config config, List<StoreType> types) throws IOException {
        return new PluginFolder(path, types, disabledPlugins(path, config)).load();
    }

    /**
     * The plugins that a config disables.
     *
     * @param path the repo's folder, for the sentence when a value is not of its kind
     */
    public static Set<String> disabledPlugins(Path path, Config config) throws IOException {
        return DisabledPlugins.in(config.find("Plugins").orElse(null), path.resolve(Config.FILE));
    }

    /**
     * Makes sure that a folder is a repo that may be changed; takes no lock.
     *
     * @throws RepoException when it is none, or is only read
     */
    public static void requireWritable(Path path) throws IOException {
        checkInitialized(path);
        ConfigChange.refuse(RepoVersion.refusal(RepoVersion.check(path)));
    }

    /** Something to be done to a repo's folder while nobody has it open. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /**
     * Does something to the folder of a repo, which need not be one yet but must be there, under its lock.
     *
     * @throws RepoException when someone has it
     */
    public static <T> T alone(Path path, Map<String, String> environment, Work<T> work) throws IOException {
        try (RepoLock _ = new LockWait(environment, LockWait.SYSTEM, new ArrayList<>()).acquire(path)) {
            return work.run();
        }
    }

    private static void changeConfig(
            Path path, List<StoreType> types, Map<String, String> environment, Change change, boolean write)
            throws IOException {
        Path folder = path.toAbsolutePath().normalize();
        checkInitialized(folder);
        ConfigChange.refuse(RepoVersion.likelyRefusal(folder));
        try (RepoLock _ = new LockWait(environment, LockWait.SYSTEM, new ArrayList<>()).acquire(folder)) {
            new ConfigChange(folder, types, change).run(write);
        }
    }

    /**
     * Changes the file of this repo's config, as {@link #changeConfig(Path, List, Map, Change)} does with a closed one.
     * {@link #config} stays as it was.
     */
    public synchronized void changeConfig(List<StoreType> bundled, Change change) throws IOException {
        new ConfigChange(path, bundled, change).run(true);
    }

    /** Does what {@link #changeConfig(List, Change)} does, and fails where it would, but leaves the file as it is. */
    public synchronized void tryChange(List<StoreType> bundled, Change change) throws IOException {
        new ConfigChange(path, bundled, change).run(false);
    }

    /** Whether a folder is a repo: it has a config. */
    public static boolean isInitialized(Path path) {
        return RepoFiles.exists(path.resolve(Config.FILE));
    }

    /** The folder, absolute. */
    public Path path() {
        return path;
    }

    /** The config as it was when the repo was opened. */
    public Config config() {
        return config;
    }

    /** Where the datastore keeps its values, in a text that is another one when it is another place. */
    public String place() {
        return place;
    }

    /** The whole datastore; the repo closes it. */
    public Datastore datastore() {
        return datastore;
    }

    /**
     * A file of our own in the folder {@code s3ds} of the repo, which need not be there.
     *
     * @param name such as {@code usage.json}
     */
    public StateFile state(String name) {
        return new StateFile(path, name, refusal.isPresent());
    }

    /** The files of the keys that have names. */
    public KeyFiles keys() {
        return new KeyFiles(path.resolve(KEYSTORE), refusal);
    }

    /** Why nothing can be changed in this repo, a sentence; empty when it can. */
    public Optional<String> readOnly() {
        return refusal;
    }

    /** What the user should be told, a sentence each. */
    public List<String> warnings() {
        return warnings;
    }

    /** Closes the datastore and its plugins, and lets go of the lock, whatever fails. Later calls do nothing. */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        try (lock;
                types;
                era;
                datastore) {
            if (refusal.isEmpty()) {
                // left by a daemon that did not end well: with the lock in hand there is none
                Files.deleteIfExists(path.resolve("api"));
                Files.deleteIfExists(path.resolve("gateway"));
            }
        }
    }

    static void writeConfig(Path folder, byte[] text) throws IOException {
        RepoFiles.write(folder, Config.FILE, text, RepoFiles.OWNER_FILE);
    }

    static Datastore openStore(DatastoreSpec spec, StoreContext context) throws IOException {
        return new MeasuredDatastore(MEASURE_PREFIX, spec.open(context), context.metrics());
    }

    static void closeAfter(AutoCloseable resource, Exception cause) {
        try {
            resource.close();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }

    private static void checkInitialized(Path folder) throws RepoException {
        if (isInitialized(folder)) {
            return;
        }
        String old = folder.toString().replaceFirst("\\.ipfs", ".go-ipfs");
        if (isInitialized(Path.of(old))) {
            throw new RepoException(
                    "ipfs repo found in old '~/.go-ipfs' location, please run migration tool.\n" + RepoVersion.MIGRATE);
        }
        throw new RepoException("no IPFS repo found in " + folder + ".\nplease run: 'ipfs init'");
    }

    /** As text, byte for byte; the sentence has the two sides in Kubo's places, which are each other's. */
    private static void checkDiskSpec(Path folder, DatastoreSpec spec) throws IOException {
        Path file = folder.resolve(SPEC_FILE);
        String onDisk;
        try {
            onDisk = Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw new RepoException("open " + file + ": no such file or directory", e);
        }
        if (!onDisk.equals(spec.diskSpec())) {
            throw new RepoException("datastore configuration of '" + onDisk + "' does not match what is on disk '"
                    + spec.diskSpec() + "'");
        }
    }

    private static List<String> unreadable(Config config) {
        List<String> warnings = new ArrayList<>();
        for (String key : List.of("Experimental.FilestoreEnabled", "Experimental.UrlstoreEnabled")) {
            if (config.find(key).filter(Boolean.TRUE::equals).isPresent()) {
                warnings.add(key + " is true: blocks that Kubo left in the files they came from cannot be read by s3ds;"
                        + " to have them all, export what is pinned with Kubo (ipfs dag export) and import it"
                        + " into a repo without that setting");
            }
        }
        return warnings;
    }
}
