package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Metrics;
import org.s3ds.node.Node;

/** What a user is told who gives something that cannot be used. */
class BadInputTest {
    private static final String CID = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void begin() {
        cli = new Cli(directory);
    }

    private void assertError(String sentence, String... words) {
        Cli.Result result = cli.run(words);
        assertEquals("Error: " + sentence, result.firstErrorLine());
        assertEquals(1, result.exit());
    }

    @Test
    void noRepo() {
        for (String[] words :
                List.of(new String[] {"block", "get", CID}, new String[] {"config", "show"}, new String[] {
                    "config", "Datastore.StorageMax", "1GB"
                })) {
            assertError("no IPFS repo found in " + cli.repo() + ".", words);
        }
    }

    @Test
    void aRepoThatIsThereAlready() throws Exception {
        cli.run("init");
        byte[] config = Files.readAllBytes(cli.repo().resolve("config"));
        assertError("ipfs configuration file already exists!", "init");
        assertError(
                "ipfs configuration file already exists!",
                "init",
                cli.repo().resolve("config").toString());
        assertArrayEquals(config, Files.readAllBytes(cli.repo().resolve("config")));
    }

    @Test
    void whatIsNoCid() {
        cli.run("init");
        for (String command : List.of("cat", "get", "ls", "refs", "block get", "block stat")) {
            List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
            words.add("nonsense");
            assertError(
                    "invalid path \"nonsense\": path does not have enough components", words.toArray(String[]::new));
        }
    }

    @Test
    void aCidWhoseBlockIsMissing() {
        cli.run("init");
        for (String command : List.of("cat", "get", "ls", "block get", "block stat")) {
            List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
            words.add(CID);
            assertError(
                    "block was not found locally (offline): ipld: could not find " + CID, words.toArray(String[]::new));
        }
        assertFalse(Files.exists(directory.resolve(CID)));
    }

    @Test
    void aConfigThatIsNoJson() throws Exception {
        cli.run("init");
        Files.writeString(cli.repo().resolve("config"), "{\"Identity\": oops}");
        for (String[] words : List.of(new String[] {"block", "get", CID}, new String[] {"config", "show"})) {
            Cli.Result result = cli.run(words);
            assertTrue(result.firstErrorLine().startsWith("Error: failure to decode config: "), result.err());
            assertEquals(1, result.exit());
        }
    }

    @Test
    void aDatastoreSpecThatDiffers() throws Exception {
        cli.run("init");
        Files.writeString(cli.repo().resolve("datastore_spec"), "{}");
        assertError(
                "datastore configuration of '{}' does not match what is on disk '{\"mounts\":[{\"mountpoint\":\"/blocks\","
                        + "\"path\":\"embedded\",\"type\":\"s3ds-embedded\"},{\"mountpoint\":\"/\",\"path\":\"datastore\","
                        + "\"type\":\"levelds\"}],\"type\":\"mount\"}'",
                "block",
                "get",
                CID);
    }

    @Test
    void anotherProcessHoldsTheLock() throws Exception {
        cli.run("init");
        Process other = RepoHolder.start(cli.repo());
        try {
            for (String command : List.of("block get " + CID, "add -r .", "refs local", "config a.b c")) {
                assertError("lock " + cli.repo() + "/repo.lock: someone else has the lock", command.split(" ", -1));
            }
        } finally {
            other.outputWriter().close();
            other.waitFor();
        }
        assertEquals(0, cli.pipe(new byte[0], "block", "put").exit());
    }

    @Test
    void thisProcessHoldsTheLock() throws Exception {
        cli.run("init");
        Node node = Node.open(cli.repo(), Stores.bundled(), Metrics.none(), Map.of());
        try (node) {
            Cli.Result result = cli.run("block", "get", CID);
            assertTrue(result.firstErrorLine().startsWith("Error: lock " + cli.repo() + "/repo.lock: "), result.err());
            assertEquals(1, result.exit());
        }
        assertEquals(0, cli.run("block", "put", "--mhtype=sha1", "/dev/null").exit());
    }

    @Test
    void aBlockOver2MiBIsNotStored() throws Exception {
        cli.run("init");
        byte[] big = new byte[(2 << 20) + 1];
        Cli.Result refused = cli.pipe(big, "block", "put");
        assertTrue(refused.firstErrorLine().startsWith("Error: produced block is over 2MiB: "), refused.err());
        assertEquals("", refused.out());
        assertEquals(1, objects(), "only the empty directory of init");
        assertEquals(0, cli.pipe(big, "block", "put", "--allow-big-block").exit());
        assertEquals(2, objects());
    }

    private long objects() throws Exception {
        try (Stream<Path> objects = Files.list(cli.repo().resolve("embedded/blocks"))) {
            return objects.filter(Files::isRegularFile).count();
        }
    }

    /** Sentences, and the words that earn them without any repo. */
    @TestFactory
    Stream<DynamicTest> optionsThatMakeNoSense() {
        return Map.of(
                        "--access-key needs its secret key: give a file that holds it with --secret-key-file, or - to read it"
                                + " from standard input",
                        "init --bucket b --region r --access-key a",
                        "a secret key was given without its access key: add --access-key",
                        "init --bucket b --region r --secret-key-file f",
                        "--bucket needs --region, such as --region us-east-1; servers other than AWS mostly take any region,"
                                + " but it cannot be changed later",
                        "init --bucket b",
                        "options about S3 were given, but no bucket: name it with --bucket; without one, blocks go to a server"
                                + " inside the repo, which takes no options",
                        "init --region r",
                        "invalid configuration profile: nonsense",
                        "init --profile=nonsense",
                        "unrecognized key type: dsa",
                        "init -a dsa",
                        "number of key bits does not apply when using ed25519 keys",
                        "init -b 2048",
                        "strconv.ParseInt: parsing \"many\": invalid syntax",
                        "init --bits=many")
                .entrySet()
                .stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getValue(), () -> {
                    assertError(entry.getKey(), entry.getValue().split(" ", -1));
                    assertFalse(Files.exists(cli.repo()));
                }));
    }

    @Test
    void aConfigFileThatIsNotThereOrNoJson() throws Exception {
        assertError("lstat none: no such file or directory", "init", "none");
        Files.writeString(directory.resolve("text"), "text");
        Cli.Result result = cli.run("init", "text");
        assertTrue(result.firstErrorLine().startsWith("Error: failure to decode config: "), result.err());
        assertFalse(Files.exists(cli.repo()));
    }

    @Test
    void aSecretFileThatIsEmptyOrAnotherFile() throws Exception {
        Files.writeString(directory.resolve("empty"), "\n");
        Files.writeString(directory.resolve("credentials"), "[default]\naws_secret_access_key = x\n");
        String[] words = {"init", "--bucket", "b", "--region", "r", "--access-key", "a", "--secret-key-file", "empty"};
        assertError("no secret key in empty: it is empty", words);
        words[words.length - 1] = "credentials";
        assertError("credentials holds more than a secret key: it must hold the key and nothing else", words);
    }
}
