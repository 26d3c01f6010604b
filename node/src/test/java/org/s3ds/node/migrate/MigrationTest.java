package org.s3ds.node.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.datastore.StoreType;
import org.s3ds.datastore.flatfs.FlatfsStoreType;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.CidFormat;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.HashPolicy;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.Repo;
import org.s3ds.node.repo.RepoPlan;
import org.s3ds.node.transfer.TransferProgress;

final class MigrationTest {
    private static final List<StoreType> TYPES = List.of(new FlatfsStoreType());
    private static final MigrationOptions USUAL = new MigrationOptions(false, false, true);
    private static final String LOCKED = "copying what came meanwhile, with the repo locked";

    @TempDir
    private Path parent;

    private Path repo = Path.of("");
    private final List<String> notices = new ArrayList<>();
    private final List<String> phases = new ArrayList<>();
    private Event event = _ -> {};

    /** What happens when a phase begins. */
    private interface Event {
        void at(String phase) throws IOException;
    }

    @BeforeEach
    void make() throws Exception {
        repo = parent.resolve("repo");
        String config = """
                {"Datastore": {"Spec": {"type": "mount", "mounts": [
                  {"mountpoint": "/blocks", "type": "flatfs", "path": "blocks", "prefix": "flatfs.datastore",
                   "shardFunc": "/repo/flatfs/shard/v1/next-to-last/2", "sync": false},
                  {"mountpoint": "/", "type": "mem"}]}}}
                """;
        Repo.init(
                repo,
                RepoPlan.verbatim(config.getBytes(StandardCharsets.UTF_8), "config"),
                TYPES,
                Metrics.none(),
                Map.of(),
                _ -> {});
        for (int i = 0; i < 50; i++) {
            put("block " + i);
        }
    }

    @Test
    void theRepoHasItsBlocksElsewhereThen() throws Exception {
        SortedMap<String, String> before = blocks("blocks");
        Moved moved = start(USUAL);

        assertEquals(before, blocks("others"));
        assertEquals(before, blocks("blocks"));
        assertEquals("flatfs blocks", moved.from());
        assertEquals("flatfs others", moved.to());
        assertTrue(Files.readString(repo.resolve("datastore_spec")).contains("\"path\":\"others\""));
        assertTrue(has("block 7"));
        assertEquals(List.of("begun", "found", "copied", "copied under the lock", "switched"), steps());
        assertEquals(MigrationState.SWITCHED, state());
        assertEquals(List.of(), left("1"));
    }

    @Test
    void whatIsWrittenAndDeletedMeanwhileIsRightAtTheEnd() throws Exception {
        event = phase -> {
            if (phase.startsWith("waiting")) {
                put("new");
                delete("block 3");
            }
        };
        Moved moved = start(USUAL);

        assertEquals(blocks("blocks"), blocks("others"));
        assertTrue(has("new"));
        assertFalse(has("block 3"));
        assertEquals(1L, moved.copied().get("copied"));
        assertEquals(1L, moved.copied().get("deleted"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"listing the target", "listing the source", "copying", "waiting", LOCKED, "switching"})
    void whateverEndsItItGoesOn(String phase) throws Exception {
        cutAt(phase);
        put("new");
        delete("block 3");
        assertEquals(MigrationState.COPYING, state());
        assertTrue(has("new"));

        resume();
        assertEquals(blocks("blocks"), blocks("others"));
        assertEquals(MigrationState.SWITCHED, state());
        assertTrue(Files.readString(repo.resolve("datastore_spec")).contains("\"path\":\"others\""));
    }

    @Test
    void whereTheJournalLacksItsEndTheNextMigrationWritesIt() throws Exception {
        start(USUAL);
        Path journal = repo.resolve("s3ds/migrate/1/journal");
        List<String> lines = Files.readAllLines(journal);
        Files.write(journal, lines.subList(0, lines.size() - 1));
        assertEquals(MigrationState.SWITCHED, state());
        try (Migration migration = migration()) {
            migration.start(Migration.BLOCKS, flatfs("third"), USUAL);
        }
        assertEquals(
                List.of(MigrationState.SWITCHED, MigrationState.SWITCHED),
                MigrationStatus.allOf(around()).stream()
                        .map(MigrationStatus::state)
                        .toList());
    }

    @Test
    void whatWasDeletedBetweenTwoRunsGoesToo() throws Exception {
        cutAt("waiting");
        delete("block 3");
        resume();
        assertFalse(has("block 3"));
        assertEquals(blocks("blocks"), blocks("others"));
    }

    @Test
    void aDamagedBlockKeepsItFromSwitching() throws Exception {
        Path damaged = file("block 9");
        Files.writeString(damaged, "block ?");
        String message = failure(() -> start(USUAL));

        assertTrue(message.contains("1 block could not be copied") && message.contains(damaged.toString()), message);
        assertEquals(MigrationState.COPYING, state());
        assertTrue(has("block 8"));

        try (Migration migration = migration()) {
            migration.resume(Map.of(), true);
        }
        assertEquals(MigrationState.SWITCHED, state());
        assertEquals(49, blocks("others").size());
        assertFalse(has("block 9"));
    }

    @Test
    void whatIsLargerThanAnyBlockIsCorruptAndIsNotRead() throws Exception {
        Path large = file("block 9");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        String message = failure(() -> start(USUAL));
        assertTrue(message.contains("what is in storage is larger than any block"), message);
        assertTrue(message.contains(large + " (3221225472 bytes)"), message);

        try (Migration migration = migration()) {
            migration.resume(Map.of(), true);
        }
        assertEquals(49, blocks("others").size());
    }

    @Test
    void aTargetWithOtherBlocksIsLeftAlone() throws Exception {
        start(USUAL);
        put("only there");
        revertAndForget("only there");
        SortedMap<String, String> before = blocks("others");
        String message = failure(() -> start(USUAL));
        assertTrue(message.startsWith("the target has 1 blocks that the repo does not have, such as "), message);
        assertEquals(before, blocks("others"));
        revert();

        start(new MigrationOptions(true, false, true));
        assertEquals(before, blocks("others"));
        assertTrue(has("only there"));
        revert();
        MigrationStatus reverted = MigrationStatus.allOf(around()).getLast();
        assertTrue(failure(() -> new Cleaning(around(), reverted, listener()).run())
                .startsWith("nothing was removed at flatfs others"));
        assertEquals(before, blocks("others"));
    }

    @Test
    void whereItNeverLookedWhatWasThereNothingIsCleaned() throws Exception {
        start(USUAL);
        put("only there");
        revertAndForget("only there");
        SortedMap<String, String> before = blocks("others");
        cutAt("listing the target");
        revert();
        MigrationStatus givenUp = MigrationStatus.allOf(around()).getLast();
        assertEquals(0, new Cleaning(around(), givenUp, listener()).run().values());
        assertEquals(before, blocks("others"));
        assertEquals(MigrationState.GIVEN_UP, state());
        assertEquals(
                List.of(1),
                Cleaning.due(around()).stream().map(MigrationStatus::number).toList());
    }

    /** As when a garbage collection runs after the way back. */
    private void revertAndForget(String content) throws IOException {
        revert();
        delete(content);
    }

    @Test
    void theWayBackTakesAlongWhatWasWrittenSince() throws Exception {
        String specBefore = Files.readString(repo.resolve("datastore_spec"));
        Config configBefore = Config.read(repo);
        start(USUAL);
        put("since");
        delete("block 3");
        revert();

        assertEquals(specBefore, Files.readString(repo.resolve("datastore_spec")));
        assertEquals(configBefore, Config.read(repo));
        assertTrue(has("since"));
        assertTrue(has("block 3"), "what was deleted is there again");
        assertEquals(MigrationState.REVERTED, state());
        assertEquals("this repo has no migration: begin one with \"s3ds migrate --to\"", failure(this::revert));
    }

    @Test
    void theWayBackGoesOnToo() throws Exception {
        start(USUAL);
        put("since");
        event = phase -> {
            if (phase.equals(LOCKED)) {
                throw new IOException("cut");
            }
        };
        assertEquals("cut", failure(this::revert));
        assertEquals(MigrationState.REVERTING, state());
        event = _ -> {};
        put("later");
        resume();
        assertEquals(MigrationState.REVERTED, state());
        assertTrue(has("since"));
        assertTrue(has("later"));
    }

    @Test
    void theWayBackIsGivenUpWhereItCannotBeGone() throws Exception {
        start(USUAL);
        event = phase -> {
            if (phase.equals(LOCKED)) {
                throw new IOException("cut");
            }
        };
        assertEquals("cut", failure(this::revert));
        event = _ -> {};
        try (Migration migration = migration()) {
            migration.stay();
            assertEquals(MigrationState.SWITCHED, state());
            assertEquals("no way back was begun that could be given up", failure(migration::stay));
            migration.start(Migration.BLOCKS, flatfs("third"), USUAL);
        }
        assertTrue(has("block 3"));
    }

    @Test
    void beforeTheSwitchItIsGivenUp() throws Exception {
        cutAt("waiting");
        revert();
        assertEquals(MigrationState.GIVEN_UP, state());
        assertTrue(has("block 1"));
        assertEquals(
                "there is no migration to go on with: the last one, from flatfs blocks to flatfs others, is given up",
                failure(this::resume));
    }

    @Test
    void thereIsOneAtATime() throws Exception {
        try (Migration _ = migration()) {
            assertTrue(failure(this::migration).startsWith("another s3ds is at work on a migration of this repo"));
        }
        cutAt("waiting");
        assertTrue(failure(() -> start(USUAL))
                .startsWith("a migration is under way, from flatfs blocks to flatfs others"));
    }

    @Test
    void itNeedsTheRepoAloneAtItsEnd() throws Exception {
        try (Repo _ = Repo.open(repo, TYPES, Metrics.none(), Map.of())) {
            // this process has it, and so nobody else does: Kubo is in the tests of the command line
            assertTrue(failure(() -> start(USUAL)).contains("lock"));
        }
        resume();
        assertEquals(MigrationState.SWITCHED, state());
    }

    @Test
    void whereItIsAlreadyThereIsNothingToDo() {
        assertEquals("what is below /blocks is at flatfs blocks already", failure(() -> {
            try (Migration migration = migration()) {
                migration.start(Migration.BLOCKS, flatfs("blocks"), USUAL);
            }
        }));
    }

    @Test
    void foreignFilesAndHalfWrittenOnesStayWhereTheyAre() throws Exception {
        Files.writeString(repo.resolve("blocks/.temp/temp-1"), "half");
        Files.writeString(repo.resolve("blocks/notes.txt"), "mine");
        Path foreign = Files.writeString(file("block 1").resolveSibling("MINE.data"), "no block");
        start(USUAL);
        assertEquals(50, blocks("others").size());
        assertTrue(Files.exists(repo.resolve("blocks/.temp/temp-1")));
        assertTrue(Files.exists(foreign));
    }

    private void cutAt(String where) {
        event = phase -> {
            if (phase.startsWith(where)) {
                throw new IOException("cut");
            }
        };
        assertEquals("cut", failure(() -> start(USUAL)));
        event = _ -> {};
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static String failure(Attempt attempt) {
        return String.valueOf(assertThrows(IOException.class, attempt::run).getMessage());
    }

    private Moved start(MigrationOptions options) throws IOException {
        try (Migration migration = migration()) {
            return migration.start(Migration.BLOCKS, flatfs("others"), options);
        }
    }

    private void resume() throws IOException {
        try (Migration migration = migration()) {
            migration.resume(Map.of(), false);
        }
    }

    private void revert() throws IOException {
        try (Migration migration = migration()) {
            migration.revert(Map.of(), false);
        }
    }

    private static Map<String, @Nullable Object> flatfs(String path) {
        return new LinkedHashMap<>(Map.of(
                "type", "flatfs", "path", path, "shardFunc", "/repo/flatfs/shard/v1/next-to-last/2", "sync", false));
    }

    private Migration migration() throws IOException {
        return Migration.of(around(), listener());
    }

    private MigrationListener listener() {
        return new MigrationListener() {
            @Override
            public void phase(String words) throws IOException {
                phases.add(words);
                event.at(words);
            }

            @Override
            public void total(Totals all) {}

            @Override
            public void notice(String sentence) {
                notices.add(sentence);
            }

            @Override
            public void progress(TransferProgress so) {}
        };
    }

    private Surroundings around() {
        return new Surroundings(repo, TYPES, Metrics.none(), Map.of(), InstantSource.system());
    }

    private MigrationState state() throws IOException {
        return MigrationStatus.allOf(around()).getLast().state();
    }

    private List<String> steps() throws IOException {
        return MigrationStatus.allOf(around()).getLast().steps().stream()
                .map(step -> String.valueOf(step.get("step")))
                .toList();
    }

    /** Folders of names that a migration has left. */
    private List<Path> left(String number) throws IOException {
        try (var files = Files.list(MigrationFolder.parent(repo).resolve(number))) {
            return files.filter(Files::isDirectory)
                    .filter(folder -> !folder.endsWith("source"))
                    .toList();
        }
    }

    private static Block block(String content) {
        return Block.hash(CidFormat.V0, content.getBytes(StandardCharsets.UTF_8));
    }

    private void put(String content) throws IOException {
        with(blocks -> {
            blocks.put(block(content));
            return true;
        });
    }

    private void delete(String content) throws IOException {
        Files.delete(file(content));
    }

    private boolean has(String content) throws IOException {
        return with(blocks -> blocks.has(block(content).cid()));
    }

    private interface Use {
        boolean of(Blockstore blocks) throws IOException;
    }

    private boolean with(Use use) throws IOException {
        try (Repo open = Repo.open(repo, TYPES, Metrics.none(), Map.of())) {
            return use.of(new Blockstore(open.datastore(), HashPolicy.kubo()));
        }
    }

    private Path file(String content) throws IOException {
        String folder = Files.readString(repo.resolve("datastore_spec")).contains("others") ? "others" : "blocks";
        String name = blocks(folder).entrySet().stream()
                .filter(each -> each.getValue().equals(content))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        return repo.resolve(folder).resolve(name);
    }

    private SortedMap<String, String> blocks(String folder) throws IOException {
        SortedMap<String, String> blocks = new TreeMap<>();
        try (var files = Files.walk(repo.resolve(folder))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".data")).toList()) {
                blocks.put(repo.resolve(folder).relativize(file).toString(), Files.readString(file));
            }
        }
        return blocks;
    }
}
