package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code init} with a datastore profile: a repo as Kubo itself makes it. */
class FlatfsInitTest {
    private static final String DISK_SPEC =
            "{\"mounts\":[{\"mountpoint\":\"/blocks\",\"path\":\"blocks\",\"shardFunc\":"
                    + "\"/repo/flatfs/shard/v1/next-to-last/2\",\"type\":\"flatfs\"},{\"mountpoint\":\"/\",\"path\":\"datastore\","
                    + "\"type\":\"levelds\"}],\"type\":\"mount\"}";

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void begin() {
        cli = new Cli(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flatfs", "flatfs-measure", "default-datastore", "server,flatfs"})
    void aRepoOnFlatfsIsKubosOwn(String profile) throws Exception {
        Cli.Result init = cli.run("init", "--profile=" + profile);
        assertEquals("", init.err());
        assertEquals(0, init.exit());
        Path repo = cli.repo();
        assertEquals(DISK_SPEC, Files.readString(repo.resolve("datastore_spec")));
        assertTrue(
                Files.exists(repo.resolve("blocks/X3/CIQFTFEEHEDF6KLBT32BFAGLXEZL4UWFNWM4LFTLMXQBCERZ6CMLX3Y.data")));
        Cli.Result added = cli.pipe("hello world".getBytes(StandardCharsets.UTF_8), "add", "-Q");
        assertEquals("Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD\n", added.out(), added.err());
        assertTrue(
                Files.exists(repo.resolve("blocks/3M/CIQPQUWH7JRPS4MBP5KNRKANZVR7Z5YJRM6L32NOR3A64REQCPWF3MA.data")));
        assertEquals("hello world", cli.run("cat", added.out().strip()).out());
        assertEquals(2, cli.run("refs", "local").out().lines().count());
        assertTrue(Files.exists(repo.resolve("blocks/.temp")));
    }

    @Test
    void aBucketAndADatastoreProfileContradictEachOther() {
        Cli.Result result = cli.run("init", "--bucket", "b", "--region", "r", "--profile=test,flatfs");
        assertEquals(
                "Error: --bucket or --blocks and a profile among test,flatfs both say where the blocks go: leave one of them out",
                result.firstErrorLine());
        assertFalse(Files.exists(cli.repo()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"badgerds", "pebbleds", "badgerds-measure", "pebbleds-measure"})
    void storesThatAreNotThereAreRefusedWithAWayOut(String profile) {
        Cli.Result result = cli.run("init", "--profile=" + profile);
        String type = profile.replace("-measure", "");
        assertEquals(
                "Error: unknown datastore type: " + type + ": s3ds has no " + type + " store; to take your data along,"
                        + " export what is pinned with Kubo (ipfs dag export) and import it into a repo on flatfs or s3ds",
                result.firstErrorLine());
        assertFalse(Files.exists(cli.repo()));
    }
}
