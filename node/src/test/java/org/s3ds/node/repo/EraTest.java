package org.s3ds.node.repo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.index.RocksTables;
import org.s3ds.node.KeptStores;

/** LevelDB's files are made by hand here; {@code EraOfRepoTest} has real ones. */
class EraTest {
    @TempDir
    private Path repo;

    private final KeptStores stores = new KeptStores();
    private int number;

    @BeforeEach
    void make() throws IOException {
        Files.createDirectory(repo.resolve("index"));
        open("datastore");
    }

    @Test
    void lastsFromSessionToSession() throws Exception {
        String first = session();
        assertEquals(first, session());
        assertEquals(first, session());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void outlastsAKill() throws Exception {
        String first = session();
        killed();
        Files.write(repo.resolve("datastore/" + number + ".log"), new byte[77]);
        assertEquals(first, session());
    }

    /** As on Ctrl-C. */
    @Test
    void outlastsASessionThatIsInterruptedBeforeItCloses() throws Exception {
        Files.delete(repo.resolve("index"));
        Era era = era("datastore");
        open("datastore");
        era.opened();
        Files.createDirectory(repo.resolve("index"));
        Thread.currentThread().interrupt();
        era.close();
        assertTrue(Thread.interrupted());
        assertEquals(era.name(), session());
    }

    @Test
    void outlastsAKillOfTheSessionThatMadeTheFirstTable() throws Exception {
        Files.delete(repo.resolve("index"));
        Era era = era("datastore");
        open("datastore");
        era.opened();
        assertFalse(Files.exists(file()));
        RocksTables tables = new RocksTables(repo.resolve("index"), era.name());
        era.over(tables).open("blocks").close();
        assertEquals(era.name(), session());
    }

    @Test
    void endsWhenAnotherProgramHadTheRepo() throws Exception {
        String first = session();
        open("datastore");
        String second = session();
        assertNotEquals(first, second);
        assertEquals(second, session());
    }

    @Test
    void endsWhenAnotherProgramHadTheRepoAfterAKill() throws Exception {
        String first = session();
        killed();
        open("datastore");
        assertNotEquals(first, session());
    }

    @Test
    void endsWhenALogHasGrownThatWasClosed() throws Exception {
        String first = session();
        Files.write(repo.resolve("datastore/" + number + ".log"), new byte[77]);
        assertNotEquals(first, session());
    }

    @Test
    void endsWhenTheManifestHasGrownThatWasClosed() throws Exception {
        String first = session();
        Files.write(repo.resolve("datastore/MANIFEST-" + number), new byte[77]);
        assertNotEquals(first, session());
    }

    @Test
    void endsWithACopyOfTheFolder() throws Exception {
        String first = session();
        Path current = repo.resolve("datastore/CURRENT");
        Files.copy(current, repo.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(repo.resolve("copy"), current, StandardCopyOption.REPLACE_EXISTING);
        assertNotEquals(first, session());
    }

    @Test
    void isNotKnownAgainWithoutCurrent() throws Exception {
        String first = session();
        Files.move(repo.resolve("datastore/CURRENT"), repo.resolve("CURRENT"));
        String second = era("datastore").name();
        assertNotEquals(first, second);
        assertNotEquals(second, era("datastore").name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "{\"era\":\"x\",\"open\":false,\"files\":[]}"})
    void isNotKnownAgainFromAFileThatCannotBeUsed(String text) throws Exception {
        String first = session();
        Files.writeString(file(), text);
        assertNotEquals(first, session());
    }

    @Test
    void isEachSessionsOwnWithoutLevelDb() throws Exception {
        String first = session(Map.of("type", "mem"));
        assertNotEquals(first, session(Map.of("type", "mem")));
        assertFalse(Files.exists(file()));
    }

    @Test
    void isOfAllLevelDbFolders() throws Exception {
        open("more");
        Map<String, Object> spec = Map.of(
                "type",
                "mount",
                "mounts",
                List.of(
                        Map.of("mountpoint", "/a", "type", "levelds", "path", "more"),
                        Map.of("mountpoint", "/", "type", "levelds", "path", "datastore")));
        String first = session(spec);
        assertEquals(first, session(spec));
        open("more");
        assertNotEquals(first, session(spec));
    }

    @Test
    void leavesNothingWhereThereAreNoTables() throws Exception {
        Files.delete(repo.resolve("index"));
        session();
        assertFalse(Files.exists(file()));
    }

    @Test
    void leavesNothingInARepoThatIsOnlyRead() throws Exception {
        Era era = Era.of(repo, spec(levelDb("datastore")), repo.resolve("index"), true);
        era.opened();
        era.close();
        assertFalse(Files.exists(file()));
    }

    private Path file() {
        return repo.resolve("s3ds/era.json");
    }

    private String session() throws Exception {
        return session(levelDb("datastore"));
    }

    /** As the repo does it; opening makes the folder anew. */
    private String session(Object spec) throws Exception {
        try (Era era = Era.of(repo, spec(spec), repo.resolve("index"), false)) {
            open("datastore");
            era.opened();
            return era.name();
        }
    }

    private void killed() throws Exception {
        Era era = era("datastore");
        open("datastore");
        era.opened();
    }

    private Era era(String path) throws Exception {
        return Era.of(repo, spec(levelDb(path)), repo.resolve("index"), false);
    }

    private DatastoreSpec spec(Object spec) throws Exception {
        return DatastoreSpec.parse(spec, stores.types());
    }

    private static Map<String, Object> levelDb(String path) {
        return Map.of("type", "levelds", "path", path);
    }

    /** What LevelDB leaves behind that is opened and closed. */
    private void open(String path) throws IOException {
        number++;
        Path folder = Files.createDirectories(repo.resolve(path));
        Files.write(folder.resolve("MANIFEST-" + number), new byte[50]);
        Files.write(folder.resolve(number + ".log"), new byte[0]);
        Files.writeString(folder.resolve("CURRENT.new"), "MANIFEST-" + number + "\n");
        Files.move(folder.resolve("CURRENT.new"), folder.resolve("CURRENT"), StandardCopyOption.REPLACE_EXISTING);
    }
}
