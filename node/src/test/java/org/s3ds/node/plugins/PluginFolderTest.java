package org.s3ds.node.plugins;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.PluginApi;
import org.s3ds.datastore.PluginJar;
import org.s3ds.datastore.StoreType;

/** What is in the folder, what comes into it, and what leaves it. */
final class PluginFolderTest {
    @TempDir
    private Path directory;

    private Path repo() {
        return directory.resolve("repo");
    }

    private Path folder() {
        return repo().resolve("plugins");
    }

    private PluginFolder plugins(String... disabled) {
        StoreType bundled = new PluginRefusalsTest.BuiltIn("there", "bundle");
        return new PluginFolder(repo(), List.of(bundled), Set.of(disabled));
    }

    private static List<String> types(PluginFolder plugins) throws IOException {
        try (StoreTypes types = plugins.load()) {
            return types.all().stream().map(StoreType::name).toList();
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Path made(String name, String version) throws IOException {
        return PluginJar.ofMemory(name, version).writeTo(directory.resolve(name + "-" + version + ".jar"));
    }

    @Test
    void withoutTheFolderThereIsWhatIsBuiltIn() throws Exception {
        assertEquals(List.of("there"), types(plugins()));
        assertEquals(List.of(), types(plugins("bundle")));
    }

    @Test
    void onlyJarsThatAreNotHiddenCount() throws Exception {
        plugins().install(made("demo", "1"));
        Files.writeString(folder().resolve("flatfs.so"), "Kubo's");
        Files.writeString(folder().resolve(".half.jar"), "half");
        Files.writeString(folder().resolve("x.jar.tmp"), "half");
        assertEquals(List.of("there", "demo"), types(plugins()));
    }

    @Test
    void oneThatIsDisabledIsNotLoadedWhateverIsWrongWithIt() throws Exception {
        plugins().install(made("demo", "1"));
        PluginJar.ofMemory("broken", "1")
                .withManifest(PluginApi.VERSION_ENTRY, "7")
                .without("demo/Type0.class")
                .writeTo(folder().resolve("broken.jar"));
        assertEquals(List.of("there", "demo"), types(plugins("broken")));
        assertEquals(List.of("there"), types(plugins("broken", "demo")));
    }

    @Test
    void whatAJarBringsTakesThePlaceOfWhatIsBuiltInUnderTheSameName() throws Exception {
        Installed installed = plugins()
                .install(new PluginJar("bundle", "9")
                        .withType("there", "bundle", "return new MemoryDatastore();")
                        .writeTo(directory.resolve("x.jar")));
        assertEquals(folder().resolve("bundle.jar"), installed.file());
        assertEquals(List.of("there"), types(plugins()));
        List<PluginReport> reports = plugins().list("1.0");
        assertEquals(
                List.of(PluginReport.State.REPLACED, PluginReport.State.ENABLED),
                reports.stream().map(PluginReport::state).toList());
        assertEquals(List.of(), types(plugins("bundle")));
    }

    @Test
    void theListHasEverything() throws Exception {
        plugins().install(made("demo", "1"));
        plugins().install(made("off", "2"));
        Files.writeString(folder().resolve("z.jar"), "no jar");
        assertEquals(
                List.of("bundle 1.0 [there] ENABLED", "demo 1 [demo] ENABLED", "off 2 [] DISABLED", "null [] REFUSED"),
                plugins("off").list("1.0").stream()
                        .map(report -> "%s %s %s"
                                .formatted(
                                        report.label()
                                                .map(PluginLabel::toString)
                                                .orElse("null"),
                                        report.types(),
                                        report.state()))
                        .toList());
    }

    @Test
    void installedIsACopyThatOnlyItsOwnerMayWrite() throws Exception {
        Path jar = made("demo", "1");
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-rw-"));
        Installed installed = plugins().install(jar);
        assertEquals(
                new Installed(
                        new PluginLabel("demo", "1", 1),
                        List.of("demo"),
                        folder().resolve("demo.jar"),
                        Optional.empty()),
                installed);
        assertArrayEquals(Files.readAllBytes(jar), Files.readAllBytes(installed.file()));
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(installed.file())));
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())));
    }

    @Test
    void anUpgradeReplacesTheFileAndANodeThatRunsKeepsItsOwn() throws Exception {
        plugins().install(made("demo", "1"));
        Files.move(folder().resolve("demo.jar"), folder().resolve("by-hand.jar"));
        try (StoreTypes running = plugins().load()) {
            Installed installed = plugins().install(made("demo", "2"));
            assertEquals("1", installed.before().orElseThrow().version());
            assertEquals("2", installed.label().version());
            assertEquals(List.of("by-hand.jar"), files());
            // a class that is loaded only now comes from the file that was there
            running.all().getLast().parse(Map.of()).diskSpec();
        }
        assertEquals("2", plugins().list("").getLast().label().orElseThrow().version());
    }

    @Test
    void whatIsRefusedLeavesTheFolderAsItWas() throws Exception {
        plugins().install(made("demo", "1"));
        byte[] before = Files.readAllBytes(folder().resolve("demo.jar"));
        Path wrong = PluginJar.ofMemory("demo", "2")
                .withManifest(PluginApi.VERSION_ENTRY, "2")
                .writeTo(directory.resolve("wrong.jar"));
        assertEquals(
                wrong + " (demo 2) was built for version 2 of the plugin API, and this s3ds has version 1: take a build"
                        + " of it for version 1, or a newer s3ds",
                assertThrows(PluginException.class, () -> plugins().install(wrong))
                        .getMessage());
        Path clashing = new PluginJar("other", "1")
                .withType("demo", "other", "return new MemoryDatastore();")
                .writeTo(directory.resolve("other.jar"));
        assertThrows(PluginException.class, () -> plugins().install(clashing));
        assertEquals(
                directory + " is not a file",
                assertThrows(PluginException.class, () -> plugins().install(directory))
                        .getMessage());
        assertEquals(List.of("demo.jar"), files());
        assertArrayEquals(before, Files.readAllBytes(folder().resolve("demo.jar")));
    }

    @Test
    void nobodyIsToldToRemoveHisOwnFile() throws Exception {
        Path text = Files.writeString(directory.resolve("text.jar"), "no jar");
        Path unnamed = PluginJar.ofMemory("demo", "1")
                .withManifest(PluginApi.VERSION_ENTRY, "")
                .writeTo(directory.resolve("unnamed.jar"));
        Path mount = new PluginJar("other", "1")
                .withType("mount", "other", "return new MemoryDatastore();")
                .writeTo(directory.resolve("mount.jar"));
        for (Path file : List.of(text, unnamed, mount)) {
            String refusal = String.valueOf(
                    assertThrows(PluginException.class, () -> plugins().install(file))
                            .getMessage());
            assertTrue(refusal.startsWith(file.toString()) && !refusal.contains("remove it"), refusal);
        }
        assertFalse(Files.exists(folder()));
    }

    @Test
    void whatAKilledInstallationLeftIsNotLoadedAndGoesWithTheNext() throws Exception {
        plugins().install(made("demo", "1"));
        byte[] next = Files.readAllBytes(made("next", "1"));
        for (int length : List.of(0, 1, next.length / 2, next.length)) {
            Files.write(folder().resolve(".s3ds-" + length + ".tmp"), Arrays.copyOf(next, length));
        }
        assertEquals(List.of("there", "demo"), types(plugins()));
        plugins().install(made("demo", "2"));
        assertEquals(List.of("demo.jar"), files());
    }

    @Test
    void aBrokenJarIsMendedByInstallingAWholeOne() throws Exception {
        plugins().install(made("demo", "1"));
        Files.writeString(folder().resolve("demo.jar"), "broken");
        assertThrows(PluginException.class, () -> plugins().load());
        plugins().install(made("demo", "1"));
        assertEquals(List.of("there", "demo"), types(plugins()));
    }

    @Test
    void aFileThatIsAnotherPluginIsNotOverwritten() throws Exception {
        plugins().install(made("demo", "1"));
        Files.move(folder().resolve("demo.jar"), folder().resolve("other.jar"));
        assertEquals(
                folder().resolve("other.jar")
                        + " is there already, and is the plugin demo 1: give it another name, or remove it",
                assertThrows(PluginException.class, () -> plugins().install(made("other", "1")))
                        .getMessage());
    }

    @Test
    void aPluginIsFoundByItsNameOrThatOfItsFile() throws Exception {
        plugins().install(made("demo", "1"));
        Files.writeString(folder().resolve("z.jar"), "no jar");
        assertEquals(folder().resolve("demo.jar"), plugins().find("demo"));
        assertEquals(folder().resolve("z.jar"), plugins().find("z.jar"));
        assertEquals(
                "there is no plugin z in " + folder() + "; s3ds plugin list shows what there is",
                assertThrows(PluginException.class, () -> plugins().find("z")).getMessage());
        assertEquals(
                "bundle is built in and cannot be removed; to do without it: s3ds config --json"
                        + " Plugins.Plugins.bundle.Disabled true",
                assertThrows(PluginException.class, () -> plugins().find("bundle"))
                        .getMessage());
        assertThrows(PluginException.class, () -> plugins().find("../config"));
    }

    @Test
    void typesThatOnlyOnePluginBringsAreKnown() throws Exception {
        plugins().install(made("demo", "1"));
        plugins()
                .install(new PluginJar("bundle", "9")
                        .withType("there", "bundle", "return new MemoryDatastore();")
                        .writeTo(directory.resolve("x.jar")));
        assertEquals(List.of("demo"), plugins().typesOnlyOf(folder().resolve("demo.jar")));
        assertEquals(List.of(), plugins().typesOnlyOf(folder().resolve("bundle.jar")));
        assertEquals(List.of(), plugins("demo").typesOnlyOf(folder().resolve("demo.jar")));
    }

    @Test
    void whatAConfigDisables() throws Exception {
        Path file = Path.of("config");
        assertEquals(Set.of(), DisabledPlugins.in(null, file));
        assertEquals(Set.of(), DisabledPlugins.in(Map.of(), file));
        Map<String, Object> each = Map.of("a", Map.of("Disabled", true), "b", Map.of("Disabled", false), "c", Map.of());
        assertEquals(Set.of("a"), DisabledPlugins.in(Map.of("Plugins", each), file));
        assertDisabledRefused("config: Plugins must be an object", 5);
        assertDisabledRefused("config: Plugins.Plugins must be an object", Map.of("Plugins", List.of()));
        assertDisabledRefused("config: Plugins.Plugins.a must be an object", Map.of("Plugins", Map.of("a", true)));
        assertDisabledRefused(
                "config: Plugins.Plugins.a.Disabled must be true or false",
                Map.of("Plugins", Map.of("a", Map.of("Disabled", "yes"))));
    }

    private static void assertDisabledRefused(String sentence, Object plugins) {
        assertEquals(
                sentence,
                assertThrows(PluginException.class, () -> DisabledPlugins.in(plugins, Path.of("config")))
                        .getMessage());
    }
}
