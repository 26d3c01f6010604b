package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles on a repo that is there: those of the network are applied, those of another datastore never. */
class ProfileCommandTest {
    private static final String ANNOUNCING =
            "Provide.DHT.Interval: (none) -> \"0s\"\nProvide.Enabled: (none) -> false\n";

    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));
    private String before = "";

    @BeforeEach
    void init() throws IOException {
        cli = new Cli(directory);
        assertEquals(0, cli.run("init", "--profile=flatfs").exit());
        before = config();
    }

    private String config() throws IOException {
        return Files.readString(cli.repo().resolve("config"));
    }

    @Test
    void itChangesTheConfigAndSaysWhat() throws Exception {
        assertEquals(new Cli.Result(0, ANNOUNCING, ""), cli.run("config", "profile", "apply", "announce-off"));
        assertEquals("false\n", cli.run("config", "Provide.Enabled").out());
        assertEquals(0, cli.run("config", "profile", "apply", "announce-on").exit());
        assertEquals(before, config());
    }

    @Test
    void aDryRunSaysWhatAndChangesNothing() throws Exception {
        assertEquals(
                new Cli.Result(0, ANNOUNCING, ""), cli.run("config", "profile", "apply", "--dry-run", "announce-off"));
        assertEquals(before, config());
    }

    @Test
    void inJsonItIsTheConfigBeforeAndAfterWithoutSecrets() throws Exception {
        Cli.Result result = cli.run("--enc=json", "config", "profile", "apply", "announce-off");
        assertTrue(result.out().startsWith("{\"OldCfg\":{\"API\":"), result.out());
        assertTrue(result.out().contains("\"NewCfg\":{\"API\":"), result.out());
        assertFalse(result.out().contains("PrivKey"), result.out());
    }

    /** It is where the data is already; the counters around the stores are no other place. */
    @Test
    void aProfileOfTheSameStoresIsApplied() throws Exception {
        assertEquals(0, cli.run("config", "profile", "apply", "flatfs-measure").exit());
        assertTrue(config().contains("\"measure\""));
        assertEquals(0, cli.run("refs", "local").exit());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"flatfs", "flatfs-measure", "default-datastore", "pebbleds", "badgerds", "badgerds-measure"})
    void aProfileOfOtherStoresIsRefused(String profile) throws Exception {
        Cli embedded = new Cli(Files.createDirectory(directory.resolve("embedded")));
        assertEquals(0, embedded.run("init").exit());
        String config = Files.readString(embedded.repo().resolve("config"));
        for (String option : new String[] {"--dry-run=false", "--dry-run"}) {
            Cli.Result result = embedded.run("config", "profile", "apply", option, profile);
            assertEquals(1, result.exit());
            assertEquals("", result.out());
            assertTrue(
                    result.err().startsWith("Error: the config is left as it was: this repo keeps its data in")
                            || result.err().startsWith("Error: unknown datastore type: " + profile.substring(0, 4)),
                    result.err());
            assertEquals(config, Files.readString(embedded.repo().resolve("config")));
        }
    }

    @Test
    void whatIsNoProfileIsRefused() {
        assertEquals(
                "Error: fast is not a profile\n",
                cli.run("config", "profile", "apply", "fast").err());
    }
}
