package org.s3ds.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreContract;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.PrefixDatastore;
import org.s3ds.datastore.StoreContext;
import org.s3ds.node.plugins.StoreTypes;
import org.s3ds.node.repo.DatastoreSpec;
import org.s3ds.node.repo.Repo;
import org.s3ds.node.repo.RepoPlan;

/**
 * The contract on the store of {@code docs/plugins.md}, loaded from its jar by a node and mounted at {@code /blocks}.
 */
@Tag("packaged")
class InstalledStoreContractTest extends DatastoreContract {
    private static final String CONFIG = "{\"Datastore\": {\"Spec\": {\"type\": \"mount\", \"mounts\": ["
            + "{\"mountpoint\": \"/blocks\", \"type\": \"journal\", \"path\": \"journal\"},"
            + "{\"mountpoint\": \"/\", \"type\": \"mem\"}]}}}";

    @TempDir
    private static Path built;

    @TempDir
    Path repo;

    private final List<StoreTypes> loaded = new ArrayList<>();

    @BeforeAll
    static void build() throws Exception {
        Files.copy(
                DocPage.only(Path.of("../datastore/target"), "s3ds-datastore-[0-9].*(?<!tests)\\.jar"),
                built.resolve("s3ds-datastore.jar"));
        DocPage.Result result = new DocPage("plugins.md", built, "").run(1, Map.of());
        assertEquals(0, result.exit(), result.err());
    }

    @Override
    protected Datastore open() throws Exception {
        Path folder = Files.createDirectory(repo.resolve("plugins"));
        Path jar = Files.copy(built.resolve("journal-1.0.jar"), folder.resolve("journal.jar"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-------"));
        RepoPlan plan = RepoPlan.verbatim(CONFIG.getBytes(StandardCharsets.UTF_8), "config");
        StoreTypes types = Repo.usable(repo, plan.config(), List.of());
        loaded.add(types);
        Datastore mounted = DatastoreSpec.of(plan.config(), Path.of("config"), types.all())
                .open(new StoreContext(repo, Metrics.none(), Map.of()));
        return new PrefixDatastore(Key.of("/blocks"), mounted);
    }

    @AfterEach
    void closeTypes() throws Exception {
        store.close();
        for (StoreTypes types : loaded) {
            types.close();
        }
    }
}
