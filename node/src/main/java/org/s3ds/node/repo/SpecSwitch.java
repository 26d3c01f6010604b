package org.s3ds.node.repo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.StoreType;

/**
 * Gives a repo another {@code Datastore.Spec}: two files change, {@code datastore_spec} and then {@code config}, each
 * by a rename. What is to be is written down before, in {@code s3ds/switch.json}. Whoever opens the repo next finds out
 * how far it came: not begun, it is forgotten, as the stores of before may have changed since; between the two renames,
 * where Kubo refuses the repo and touches nothing, it is ended. So the repo has one of the two specs at every moment.
 *
 * <p>Everything here is for who has the repo's lock.
 */
public final class SpecSwitch {
    private static final String FOLDER = "s3ds";
    private static final String FILE = "switch.json";
    private static final String KEY = "Datastore.Spec";
    private static final String BEFORE = "datastore_spec before";
    private static final String AFTER = "datastore_spec after";
    private static final String VERSION_KEY = "version";
    private static final long VERSION = 1;

    private SpecSwitch() {}

    /** What was written down. */
    private record Intent(String before, String after, Map<?, ?> spec) {
        /** Of two specs that Kubo cannot tell apart only the config changes. */
        boolean hasBegun(String onDisk, Config config) {
            return before.equals(after) ? config.find(KEY).equals(Optional.of(spec)) : onDisk.equals(after);
        }
    }

    /** Told before each step; throws to end there. For tests. */
    @FunctionalInterface
    interface Steps {
        void before(String step) throws IOException;
    }

    /**
     * Gives a repo another spec, durably.
     *
     * @param spec the value of {@code Datastore.Spec}
     * @param types the kinds of store that it may name
     * @throws IOException when that could not be done; the next who opens the repo finds one spec or the other
     */
    public static void perform(Path repo, Map<String, ? extends @Nullable Object> spec, List<StoreType> types)
            throws IOException {
        perform(repo, spec, types, _ -> {});
    }

    static void perform(Path repo, Map<String, ? extends @Nullable Object> spec, List<StoreType> types, Steps steps)
            throws IOException {
        Config config = Config.read(repo).with(KEY, spec);
        String diskSpec =
                DatastoreSpec.of(config, repo.resolve(Config.FILE), types).diskSpec();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(VERSION_KEY, VERSION);
        fields.put(BEFORE, onDisk(repo));
        fields.put(AFTER, diskSpec);
        fields.put(KEY, spec);
        new StateFile(repo, FILE, false).write(fields);
        steps.before("datastore_spec");
        RepoFiles.write(repo, Repo.SPEC_FILE, diskSpec.getBytes(StandardCharsets.UTF_8), RepoFiles.OWNER_FILE);
        steps.before("config");
        Repo.writeConfig(repo, config.toJson().getBytes(StandardCharsets.UTF_8));
        steps.before("end");
        Files.delete(repo.resolve(FOLDER).resolve(FILE));
    }

    /** Whether a switch was cut short; for this alone the lock is not needed. */
    public static boolean isCutShort(Path repo) {
        return RepoFiles.exists(repo.resolve(FOLDER).resolve(FILE));
    }

    /**
     * Ends a switch that was cut short.
     *
     * @return whether the repo has the spec that it was to have; false where it has the one of before
     */
    public static boolean finish(Path repo) throws IOException {
        Path file = repo.resolve(FOLDER).resolve(FILE);
        if (!isCutShort(repo)) {
            return false;
        }
        Intent intent = intent(file);
        Config config = Config.read(repo);
        boolean hasBegun = intent.hasBegun(onDisk(repo), config);
        if (hasBegun) {
            Repo.writeConfig(repo, config.with(KEY, intent.spec).toJson().getBytes(StandardCharsets.UTF_8));
        }
        Files.delete(file);
        return hasBegun;
    }

    private static String onDisk(Path repo) throws IOException {
        return Files.readString(repo.resolve(Repo.SPEC_FILE)).strip();
    }

    /** The file is renamed into place: only a hand can have damaged it. */
    private static Intent intent(Path file) throws IOException {
        if (Json.parse(Files.readAllBytes(file), file.toString()) instanceof Map<?, ?> fields
                && fields.get(VERSION_KEY) instanceof Long version
                && version == VERSION
                && fields.get(BEFORE) instanceof String before
                && fields.get(AFTER) instanceof String after
                && fields.get(KEY) instanceof Map<?, ?> spec) {
            return new Intent(before, after, spec);
        }
        throw new RepoException(file + " tells of a change of Datastore.Spec that was cut short, and cannot be read:"
                + " the repo is whole if config and datastore_spec agree; then remove the file");
    }
}
