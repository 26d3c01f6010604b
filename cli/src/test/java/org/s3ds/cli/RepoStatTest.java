package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code repo stat} says of a repo that Kubo made, and of blocks in a bucket. */
class RepoStatTest {
    @TempDir
    Path directory;

    private String run(Cli cli, String... words) {
        Cli.Result result = cli.run(words);
        assertEquals("", result.err());
        assertEquals(0, result.exit());
        return result.out();
    }

    @Test
    void aRepoOnFlatfsIsCountedAsKuboDoes() throws Exception {
        Cli cli = new Cli(directory);
        KuboFixture.load("kubo-flatfs").unpack(cli.repo());
        String stat = run(cli, "repo", "stat");
        assertTrue(
                stat.matches("NumObjects: 6045\nRepoSize:   \\d{7,}\nStorageMax: 10000000000\nRepoPath:   " + cli.repo()
                        + "\nVersion:    fs-repo@18\n"),
                stat);
        String size = stat.replaceAll("(?s).*RepoSize: +(\\d+).*", "$1");
        assertEquals(
                "{\"RepoSize\":" + size + ",\"StorageMax\":10000000000,\"NumObjects\":6045,\"RepoPath\":\"" + cli.repo()
                        + "\",\"Version\":\"fs-repo@18\"}\n",
                run(cli, "repo", "stat", "--encoding=json"));
        assertEquals(
                "{\"RepoSize\":" + size
                        + ",\"StorageMax\":10000000000,\"NumObjects\":0,\"RepoPath\":\"\",\"Version\":\"\"}\n",
                run(cli, "repo", "stat", "-s", "--encoding=json"));
        assertTrue(run(cli, "repo", "stat", "--json").startsWith("{\n  \"RepoSize\": " + size + ",\n"));
        assertTrue(run(cli, "repo", "stat", "-s", "-H").matches("RepoSize: +[0-9.]+ MB\nStorageMax: 10 GB\n"));
        assertEquals(6_045, run(cli, "repo", "ls").lines().distinct().count());
        assertEquals(run(cli, "refs", "local"), run(cli, "repo", "ls"));
    }

    /** Trap 26 of the compatibility notes. */
    @Test
    void thePathIsThatOfTheEnvironment() {
        Cli cli = new Cli(directory);
        run(cli, "init", "--profile=flatfs");
        cli.with("IPFS_PATH", "~/elsewhere");
        String stat = run(cli, "repo", "stat", "--repo-dir=repo");
        assertTrue(stat.contains("RepoPath:   " + directory + "/elsewhere\n"), stat);
        assertTrue(stat.startsWith("NumObjects: 1\n"), stat);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 18446744073709551615, 18 EB",
        "10GB, 10000000000, 10 GB",
        "1.5TiB, 1649267441664, 1.6 TB",
        "'1,000 kb', 1000000, 1.0 MB",
        "17, 17, 17 B",
        "0.5k, 500, 500 B",
        "7Mi, 7340032, 7.3 MB"
    })
    void theLimitIsReadAsKuboReadsIt(String value, String bytes, String human) {
        Cli cli = new Cli(directory);
        run(cli, "init", "--profile=flatfs");
        run(cli, "config", "Datastore.StorageMax", value);
        assertTrue(run(cli, "repo", "stat", "-s").endsWith("StorageMax: " + bytes + "\n"));
        assertTrue(run(cli, "repo", "stat", "-s", "-H").endsWith("StorageMax: " + human + "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"much", "10 parsecs", "1..5GB", "GB", "16EiB", "-1"})
    void aLimitThatIsNoneIsNamed(String value) {
        Cli cli = new Cli(directory);
        run(cli, "init", "--profile=flatfs");
        run(cli, "config", "Datastore.StorageMax", value);
        Cli.Result result = cli.run("repo", "stat");
        assertEquals(1, result.exit());
        assertEquals(
                "Error: Datastore.StorageMax is \"" + value
                        + "\", which is no amount of bytes; it may be a number with a unit from B, kB and KiB to EB and EiB,"
                        + " such as 10GB, and less than 16 EiB",
                result.firstErrorLine());
    }

    @Test
    void blocksInABucketAreThoseOfTheLastListing() throws Exception {
        try (TestBucket bucket = TestBucket.embedded(directory.resolve("server"))) {
            Cli cli = new Cli(directory);
            TestRepo.init(cli, bucket.spec("node1"));
            Path usage = cli.repo().resolve("s3ds/usage.json");
            assertFalse(Files.exists(usage));
            String first = run(cli, "repo", "stat");
            assertTrue(first.matches("(?s)NumObjects: 1\n.*\nListedAt:   \\d{4}-\\d\\d-\\d\\dT[0-9:]{8}Z\n"), first);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(usage)));
            Files.write(directory.resolve("file"), new byte[100_000]);
            run(cli, "add", "-Q", "--raw-leaves", "file");
            assertTrue(run(cli, "repo", "stat").startsWith("NumObjects: 1\n"), "of before");
            String fresh = run(cli, "repo", "stat", "--fresh", "--encoding=json");
            assertTrue(fresh.contains("\"NumObjects\":2") && fresh.contains("\"ListedAt\":\"20"), fresh);
            long levels = 100_004;
            long size = Long.parseLong(fresh.replaceAll(".*\"RepoSize\":(\\d+).*\\s", "$1"));
            assertTrue(size > levels, "the blocks, and what LevelDB takes: " + size);
            assertTrue(run(cli, "repo", "stat", "-s").contains("ListedAt: "));
            assertDamageIsSeen(cli, usage);
        }
    }

    private static void assertDamageIsSeen(Cli cli, Path usage) throws Exception {
        for (String text :
                new String[] {"", "{", "[]", "{\"blocks\":-1,\"bytes\":0,\"listed\":\"2026-01-02T03:04:05Z\"}"}) {
            Files.writeString(usage, text);
            Cli.Result result = cli.run("repo", "stat");
            assertTrue(result.out().startsWith("NumObjects: 2\n"), result.out());
            assertTrue(
                    result.firstErrorLine().startsWith("Warning: " + usage + " cannot be used and is passed over"),
                    result.err());
            assertTrue(Files.readString(usage).startsWith("{\"blocks\":2,\"bytes\":100004,"), Files.readString(usage));
        }
    }
}
