package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.PluginApi;
import org.s3ds.datastore.PluginJar;
import org.s3ds.node.Node;

/** {@code plugin}, and what other commands do with plugins. */
class PluginCommandTest {
    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));

    @BeforeEach
    void start() {
        cli = new Cli(directory);
    }

    private String run(String... arguments) {
        Cli.Result result = cli.run(arguments);
        assertEquals("", result.err());
        assertEquals(0, result.exit());
        return result.out();
    }

    private String refusal(String... arguments) {
        Cli.Result result = cli.run(arguments);
        assertEquals(1, result.exit(), result.out());
        return result.firstErrorLine();
    }

    private Path demo(String version) throws IOException {
        return PluginJar.ofMemory("demo", version).writeTo(directory.resolve("demo-" + version + ".jar"));
    }

    private Path folder() {
        return cli.repo().resolve("plugins");
    }

    /** A repo whose blocks are in a store of the plugin. */
    private void initOnDemo() throws IOException {
        run("plugin", "install", demo("1").toString());
        TestRepo.init(cli, Map.of("type", "demo"));
    }

    @Test
    void aPluginIsInstalledAndARepoMadeWithItsStore() throws Exception {
        assertEquals(
                "installed demo 1, with the store types demo: " + folder().resolve("demo.jar") + "\n",
                run("plugin", "install", demo("1").toString()));
        TestRepo.init(cli, Map.of("type", "demo"));
        assertTrue(Files.readString(cli.repo().resolve("datastore_spec")).contains("\"type\":\"demo\""));
        Files.writeString(directory.resolve("file"), "hello");
        assertTrue(run("add", "-Q", "file").startsWith("Qm"));
    }

    @Test
    void anUpgradeSaysFromWhichVersionToWhich() throws Exception {
        initOnDemo();
        assertEquals(
                "replaced demo 1 by 2, with the store types demo: " + folder().resolve("demo.jar") + "\n",
                run("plugin", "install", demo("2").toString()));
        assertEquals(
                "{\"Name\":\"demo\",\"Version\":\"1\",\"Before\":\"2\",\"Types\":[\"demo\"],\"Path\":\""
                        + folder().resolve("demo.jar") + "\"}\n",
                run("plugin", "install", "demo-1.jar", "--enc=json"));
    }

    @Test
    void theListHasWhatIsBuiltInAndWhatIsInstalled() throws Exception {
        run("plugin", "install", demo("1").toString());
        List<String> lines = run("plugin", "list").lines().toList();
        assertEquals(
                List.of(
                        "NAME                VERSION API     TYPES         STATE   PATH",
                        "ds-flatfs           0.1.0   1       flatfs        enabled built in",
                        "ds-level            0.1.0   1       levelds       enabled built in",
                        "s3-datastore-plugin 0.1.0   1       s3ds          enabled built in",
                        "s3ds-embedded       0.1.0   1       s3ds-embedded enabled built in",
                        "demo                1       1       demo          enabled " + folder().resolve("demo.jar")),
                lines);
        String json = run("plugin", "list", "--json");
        assertTrue(json.contains("\"Name\": \"demo\""), json);
        assertEquals(json, run("plugin", "list", "--enc=json"));
    }

    @Test
    void aRefusedJarStopsWhatOpensTheStoresAndIsListedAndRemoved() throws Exception {
        initOnDemo();
        Path bad = PluginJar.ofMemory("bad", "3")
                .withManifest(PluginApi.VERSION_ENTRY, "9")
                .writeTo(folder().resolve("bad.jar"));
        String sentence =
                "Error: " + bad + " (bad 3) was built for version 9 of the plugin API, and this s3ds has version 1:"
                        + " take a build of it for version 1, or a newer s3ds";
        assertEquals(sentence, refusal("refs", "local"));
        Cli.Result list = cli.run("plugin", "list");
        assertEquals(0, list.exit());
        assertEquals(sentence, list.firstErrorLine());
        assertTrue(list.out().contains("refused "), list.out());
        run("config", "--json", "Plugins.Plugins.bad.Disabled", "true");
        run("refs", "local");
        assertEquals("removed " + bad + "\n", run("plugin", "remove", "bad"));
    }

    @Test
    void oneThatIsDisabledIsUnknown() throws Exception {
        initOnDemo();
        run("config", "--json", "Plugins.Plugins.demo.Disabled", "true");
        assertTrue(
                refusal("refs", "local").contains(": unknown datastore type: demo; there are "),
                refusal("refs", "local"));
        assertTrue(run("plugin", "list").contains("disabled"));
        run("config", "--json", "Plugins.Plugins.demo.Disabled", "false");
        run("refs", "local");
    }

    @Test
    void oneThatIsBuiltInCanBeDisabledToo() {
        TestRepo.init(
                cli,
                Map.of(
                        "type",
                        "flatfs",
                        "path",
                        "blocks",
                        "shardFunc",
                        "/repo/flatfs/shard/v1/next-to-last/2",
                        "sync",
                        true));
        run("config", "--json", "Plugins.Plugins.ds-flatfs.Disabled", "true");
        assertTrue(
                refusal("refs", "local").contains(": unknown datastore type: flatfs; there are "),
                refusal("refs", "local"));
    }

    @Test
    void whatTheRepoNeedsIsNotRemoved() throws Exception {
        initOnDemo();
        Path jar = folder().resolve("demo.jar");
        assertEquals(
                "Error: " + jar + " is left: this repo has a store of type demo, and could not be opened without it;"
                        + " --force deletes it nevertheless",
                refusal("plugin", "remove", "demo"));
        assertEquals("removed " + jar + "\n", run("plugin", "remove", "demo", "--force"));
        assertTrue(
                refusal("refs", "local").contains(": unknown datastore type: demo; there are "),
                refusal("refs", "local"));
    }

    @Test
    void aFolderWithFilesThatIsCalledLikeAJarIsNotRemoved() throws Exception {
        initOnDemo();
        Path called = Files.createDirectory(folder().resolve("x.jar"));
        Files.writeString(called.resolve("file"), "of the user");
        assertEquals(
                "Error: " + called + " is a folder with files, and no plugin: move it away",
                refusal("plugin", "remove", "x.jar", "--force"));
        Files.delete(called.resolve("file"));
        assertEquals("removed " + called + "\n", run("plugin", "remove", "x.jar", "--force"));
    }

    @Test
    void whatIsRefusedLeavesNoFolderBehind() throws Exception {
        Path file = Files.writeString(directory.resolve("text.jar"), "no jar");
        assertTrue(refusal("plugin", "install", file.toString()).contains(" cannot be read as a jar "));
        assertFalse(Files.exists(cli.repo()));
        assertTrue(refusal("plugin", "install", "nothing.jar").endsWith("nothing.jar is not a file"));
        assertFalse(Files.exists(cli.repo()));
    }

    @Test
    void aConfigWhosePluginsAreNoObjectIsRefused() throws Exception {
        initOnDemo();
        Path config = cli.repo().resolve("config");
        run("config", "--json", "Plugins", "5");
        assertEquals("Error: " + config + ": Plugins must be an object", refusal("refs", "local"));
    }

    @Test
    void aRepoThatIsOpenIsLeftAlone() throws Exception {
        initOnDemo();
        try (var _ = Node.open(cli.repo(), Stores.bundled(), Metrics.none(), Map.of())) {
            assertEquals(
                    "Error: lock " + cli.repo().resolve("repo.lock") + ": lock is already held by us",
                    refusal("plugin", "install", demo("2").toString()));
        }
    }
}
