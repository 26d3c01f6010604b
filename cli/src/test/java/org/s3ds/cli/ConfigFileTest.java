package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code config edit} and {@code config replace}, with the editor that the environment names. */
class ConfigFileTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void init() {
        cli = new Cli(directory).with("PATH", "/usr/bin:/bin");
        assertEquals(0, cli.run("init", "--profile=flatfs").exit());
    }

    private String config() throws IOException {
        return Files.readString(cli.repo().resolve("config"));
    }

    @Test
    void whatTheEditorSavesIsTheConfigButForTheSecret() throws Exception {
        String before = config();
        cli.with("EDITOR", "sh -c 'cp \"$0\" seen; sed -i s/10GB/20GB/ \"$0\"'");
        Cli.Result result = cli.run("config", "edit");
        assertEquals("", result.err());
        assertEquals(before.replace("10GB", "20GB"), config());
        String seen = Files.readString(directory.resolve("seen"));
        assertTrue(seen.contains("\"PrivKey\": \"***\""), seen);
    }

    @Test
    void anEditorThatSavesNothingChangesNothing() throws Exception {
        String before = config();
        assertEquals("", cli.with("EDITOR", "true").run("config", "edit").err());
        assertEquals(before, config());
    }

    @Test
    void withoutAnEditorThereIsNoEditing() {
        assertEquals(
                "Error: ENV variable $EDITOR not set", cli.run("config", "edit").firstErrorLine());
    }

    @Test
    void whatIsNoConfigIsRefusedAndKeptForAnotherTry() throws Exception {
        String before = config();
        for (String editor : new String[] {
            "sh -c 'echo no >\"$0\"'",
            "sh -c 'sed -i s/10GB/20GB/ \"$0\"; false'",
            "sed -i s/levelds/mem/",
            "sed -i '/\"Spec\"/d'"
        }) {
            Cli.Result result = cli.with("EDITOR", editor).run("config", "edit");
            assertEquals(1, result.exit(), editor);
            Matcher kept = Pattern.compile("; the config is as it was, and what you edited is in (\\S+)")
                    .matcher(result.firstErrorLine());
            assertTrue(kept.find(), result.err());
            Files.delete(Path.of(kept.group(1)));
            assertEquals(before, config());
        }
    }

    @Test
    void whatShowPrintsMayBeGivenBack() throws Exception {
        String privateKey = privateKey();
        Cli.Result shown = cli.run("config", "show");
        assertFalse(shown.out().contains(privateKey));
        byte[] changed = shown.out().replace("10GB", "20GB").getBytes(StandardCharsets.UTF_8);
        assertEquals("", cli.pipe(changed, "config", "replace", "-").err());
        assertEquals(privateKey, privateKey());
        assertEquals("20GB\n", cli.run("config", "Datastore.StorageMax").out());
        Files.write(directory.resolve("next.json"), shown.out().getBytes(StandardCharsets.UTF_8));
        assertEquals("", cli.run("config", "replace", "next.json").err());
        assertEquals("10GB\n", cli.run("config", "Datastore.StorageMax").out());
    }

    @Test
    void aConfigOfOtherStoresIsRefused() throws Exception {
        String before = config();
        Cli.Result result = cli.run("config", "--json", "Datastore.Spec", "{\"type\":\"mem\"}");
        assertTrue(
                result.firstErrorLine().startsWith("Error: the config is left as it was: this repo keeps its data in"),
                result.err());
        assertEquals(before, config());
    }

    private String privateKey() throws IOException {
        Matcher found = Pattern.compile("\"PrivKey\": \"([^\"]+)\"").matcher(config());
        assertTrue(found.find());
        return found.group(1);
    }
}
