package org.s3ds.node.repo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.KeyTables;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.TableChanges;
import org.s3ds.node.KeptStores;

/** Where the stores of a repo may keep what they know. */
class RepoTablesTest {
    @TempDir
    private Path parent;

    private final KeptStores stores = new KeptStores();
    private Path repo = Path.of("");

    @BeforeEach
    void init() throws IOException {
        repo = parent.resolve("repo");
        RepoPlan plan = RepoPlan.fresh(
                new Identity("p", "k"), Map.of("type", "levelds", "path", "datastore"), List.of(), new SecureRandom());
        Repo.init(repo, plan, stores.types(), Metrics.none(), Map.of(), store -> {});
    }

    @Test
    void aRepoThatIsMadeHasNone() {
        assertEquals(Optional.empty(), stores.contexts().getFirst().tables());
    }

    @Test
    void whatIsKeptIsFoundTheNextTime() throws Exception {
        try (Repo _ = open();
                KeyTable table = tables().orElseThrow().open("blocks")) {
            table.write(new TableChanges().record("name", new byte[] {7}));
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(repo.resolve("index"))));
        try (Repo _ = open();
                KeyTable table = tables().orElseThrow().open("blocks")) {
            assertEquals(7, table.record("name").orElseThrow()[0]);
        }
    }

    @Test
    void whereNothingIsKeptNothingIsMade() throws Exception {
        open().close();
        assertFalse(Files.exists(repo.resolve("index")));
    }

    @Test
    void aRepoThatIsOnlyReadHasNone() throws Exception {
        Files.writeString(repo.resolve("version"), "17\n");
        try (Repo open = open()) {
            assertTrue(open.readOnly().isPresent());
            assertEquals(Optional.empty(), tables());
        }
        assertFalse(Files.exists(repo.resolve("s3ds")));
    }

    private Repo open() throws IOException {
        return Repo.open(repo, stores.types(), Metrics.none(), Map.of());
    }

    /** Those that the store was opened with that was opened last. */
    private Optional<KeyTables> tables() {
        return stores.contexts().getLast().tables();
    }
}
