package org.s3ds.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page {@code docs/plugins.md}: its store compiles against the API's jar alone, passes the contract, is installed,
 * keeps the blocks of a node, is upgraded, and removed.
 */
@Tag("packaged")
class PluginsPageTest {
    private static final String VERSION = "-[0-9].*(?<!tests|sources)\\.jar";

    @TempDir
    Path folder;

    @Test
    void aStoreIsWrittenTestedInstalledUsedUpgradedAndRemoved() throws Exception {
        Path api = Path.of("../datastore/target");
        Files.copy(DocPage.only(api, "s3ds-datastore" + VERSION), folder.resolve("s3ds-datastore.jar"));
        Files.copy(DocPage.only(api, "s3ds-datastore-.*-tests\\.jar"), folder.resolve("s3ds-datastore-tests.jar"));
        Files.copy(
                Path.of("target/junit/junit-platform-console-standalone.jar"),
                folder.resolve("junit-platform-console-standalone.jar"));
        DocPage.Result result = new DocPage("plugins.md", folder, DocPage.program("none")).run(Map.of());
        assertEquals(0, result.exit(), result.out() + result.err());
        String out = result.out();
        assertTrue(out.matches("(?s).*\\[ +1\\d{3} tests successful +\\].*\\[ +0 tests failed +\\].*"), out);
        Path jar = folder.resolve("repo/plugins/journal.jar");
        assertTrue(out.contains("installed journal 1.0, with the store types journal: " + jar + "\n"), out);
        assertTrue(out.contains("replaced journal 1.0 by 2.0, with the store types journal: " + jar + "\n"), out);
        assertEquals(
                3, out.lines().filter(line -> line.equals("kept in a journal")).count(), out);
        assertEquals(
                1,
                result.err()
                        .lines()
                        .filter(line -> line.startsWith("Error: unknown datastore type: journal; there are "))
                        .count(),
                result.err());
        assertTrue(Files.readString(folder.resolve("repo/datastore_spec"))
                .contains("{\"mountpoint\":\"/blocks\",\"path\":\"blocks.journal\",\"type\":\"journal\"}"));
    }
}
