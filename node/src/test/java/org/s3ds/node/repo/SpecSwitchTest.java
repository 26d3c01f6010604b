package org.s3ds.node.repo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreType;
import org.s3ds.datastore.flatfs.FlatfsStoreType;

final class SpecSwitchTest {
    private static final List<StoreType> TYPES = List.of(new FlatfsStoreType());
    private static final String BEFORE =
            "{\"mounts\":[{\"mountpoint\":\"/blocks\",\"path\":\"blocks\",\"shardFunc\":\"/repo/flatfs/shard/v1/next-to-last/2\","
                    + "\"type\":\"flatfs\"},{\"mountpoint\":\"/\"}],\"type\":\"mount\"}";
    private static final String AFTER = BEFORE.replace("\"path\":\"blocks\"", "\"path\":\"others\"");

    @TempDir
    private Path parent;

    private Path repo = Path.of("");

    @BeforeEach
    void make() throws Exception {
        repo = parent.resolve("repo");
        String config = """
                {"Mine": 1, "Datastore": {"Spec": {"type": "mount", "mounts": [
                  {"mountpoint": "/blocks", "type": "flatfs", "path": "blocks", "prefix": "flatfs.datastore",
                   "shardFunc": "/repo/flatfs/shard/v1/next-to-last/2", "sync": false},
                  {"mountpoint": "/", "type": "mem"}]}}}
                """;
        RepoPlan plan = RepoPlan.verbatim(config.getBytes(StandardCharsets.UTF_8), "config");
        Repo.init(repo, plan, TYPES, Metrics.none(), Map.of(), _ -> {});
        assertEquals(BEFORE, diskSpec());
    }

    @Test
    void theRepoHasTheOtherStoreThen() throws Exception {
        SpecSwitch.perform(repo, other(), TYPES);

        assertEquals(AFTER, diskSpec());
        assertTrue(opens());
        assertTrue(Files.exists(repo.resolve("others/SHARDING")));
        assertEquals(1L, Config.read(repo).find("Mine").orElseThrow());
        assertEquals(List.of(), ours());
    }

    @Test
    void oneThatWasNotBegunIsForgotten() throws Exception {
        cutBefore("datastore_spec");

        assertTrue(opens());
        assertEquals(BEFORE, diskSpec());
        assertEquals(List.of(), ours());
    }

    @Test
    void oneThatWasCutBetweenTheFilesIsEnded() throws Exception {
        cutBefore("config");
        assertEquals(AFTER, diskSpec());

        assertTrue(opens());
        assertEquals(AFTER, diskSpec());
        assertTrue(Files.exists(repo.resolve("others/SHARDING")));
        assertEquals(List.of(), ours());
    }

    @Test
    void aChangeOfTheConfigEndsItToo() throws Exception {
        cutBefore("config");
        Repo.changeConfig(repo, TYPES, Map.of(), config -> config.with("Import.CidVersion", 1L));

        assertEquals(1L, Config.read(repo).find("Import.CidVersion").orElseThrow());
        assertEquals(other(), Config.read(repo).find("Datastore.Spec").orElseThrow());
        assertTrue(opens());
    }

    @Test
    void oneThatIsDoneIsOnlyTidiedUp() throws Exception {
        cutBefore("end");

        assertTrue(opens());
        assertEquals(AFTER, diskSpec());
        assertEquals(List.of(), ours());
    }

    @ParameterizedTest
    @ValueSource(strings = {"datastore_spec", "config", "end"})
    void whereOnlyTheConfigChangesTheRenameOfThatDecides(String step) throws Exception {
        Map<String, @Nullable Object> synced = withBlocks("sync", true);
        assertThrows(CutException.class, () -> SpecSwitch.perform(repo, synced, TYPES, before -> cutAt(step, before)));

        assertTrue(opens());
        assertEquals(
                step.equals("end"),
                Config.read(repo).find("Datastore.Spec").orElseThrow().equals(synced));
    }

    @Test
    void whatWasCutCanBeDoneAgain() throws Exception {
        for (String step : List.of("datastore_spec", "config", "end")) {
            cutBefore(step);
        }
        SpecSwitch.perform(repo, other(), TYPES);
        assertEquals(AFTER, diskSpec());
        assertFalse(SpecSwitch.finish(repo));
    }

    @Test
    void aSpecThatMakesNoSenseChangesNothing() throws Exception {
        assertThrows(IOException.class, () -> SpecSwitch.perform(repo, withBlocks("type", "none"), TYPES));
        assertTrue(opens());
        assertEquals(List.of(), ours());
    }

    @Test
    void whatIsCalledAtAMountpointIsSaidWhereThereIsNothing() {
        RepoException e = assertThrows(RepoException.class, () -> MountedStore.in(Config.read(repo), Key.of("/other")));
        assertEquals(
                "nothing is mounted at /other in Datastore.Spec of the config; there are stores at /blocks and /",
                e.getMessage());
    }

    private static final class CutException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static void cutAt(String step, String before) throws CutException {
        if (step.equals(before)) {
            throw new CutException();
        }
    }

    private void cutBefore(String step) {
        assertThrows(CutException.class, () -> SpecSwitch.perform(repo, other(), TYPES, before -> cutAt(step, before)));
    }

    private Map<String, @Nullable Object> other() throws IOException {
        return withBlocks("path", "others");
    }

    private Map<String, @Nullable Object> withBlocks(String key, Object value) throws IOException {
        MountedStore blocks = MountedStore.in(Config.read(repo), Key.of("/blocks"));
        Map<String, @Nullable Object> element = new LinkedHashMap<>(blocks.element());
        element.put(key, value);
        return blocks.withElement(element);
    }

    private boolean opens() throws IOException {
        Repo.open(repo, TYPES, Metrics.none(), Map.of()).close();
        return true;
    }

    private String diskSpec() throws IOException {
        return Files.readString(repo.resolve("datastore_spec"));
    }

    /** What is left of a switch. */
    private List<Path> ours() throws IOException {
        Path folder = repo.resolve("s3ds");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains("switch"))
                    .toList();
        }
    }
}
