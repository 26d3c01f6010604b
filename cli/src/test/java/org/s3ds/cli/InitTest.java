package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code init} on a bucket, against a server of the test. */
class InitTest {
    @RegisterExtension
    static final FolderServer server = new FolderServer();

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void begin() throws Exception {
        cli = server.user(directory);
    }

    private Cli.Result init(String bucket, String... more) {
        return initIn(cli, bucket, more);
    }

    private static Cli.Result initIn(Cli in, String bucket, String... more) {
        return in.run(server.options("init", bucket, more));
    }

    private void assertNothingLeft(Cli.Result result) {
        assertEquals(1, result.exit());
        assertFalse(Files.exists(cli.repo()), "the repo's folder is there");
    }

    @Test
    void aRepoOnABucketWritesWhatGoDsS3Wants() throws Exception {
        Cli.Result result = init(server.bucket("fresh"), "--root-directory", "node1");
        assertEquals("", result.err());
        assertEquals(0, result.exit());
        assertEquals(
                "{\"mounts\":[{\"bucket\":\"fresh\",\"mountpoint\":\"/blocks\",\"region\":\"us-east-1\","
                        + "\"rootDirectory\":\"node1\"},{\"mountpoint\":\"/\",\"path\":\"datastore\",\"type\":\"levelds\"}],"
                        + "\"type\":\"mount\"}",
                Files.readString(cli.repo().resolve("datastore_spec")));
        String config = Files.readString(cli.repo().resolve("config"));
        assertTrue(config.contains("\"regionEndpoint\": \"" + server.endpoint() + "\""), config);
        assertTrue(config.contains("\"access\": \"exclusive\""), config);
        try (Stream<Path> objects = Files.list(server.folder().resolve("fresh/node1"))) {
            assertEquals(2, objects.count(), "the empty directory, and the folder of the claim");
        }
        assertTrue(Files.exists(server.folder().resolve("fresh/node1/.s3ds/claim/0000000000000001")));
    }

    @Test
    void blocksGoToTheBucketAndComeBack() throws Exception {
        init(server.bucket("round"));
        Cli.Result put = cli.pipe("hello world".getBytes(StandardCharsets.UTF_8), "block", "put");
        assertEquals("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e\n", put.out(), put.err());
        assertEquals("hello world", cli.run("block", "get", put.out().strip()).out());
    }

    @Test
    void theSecretIsNeverShown() throws Exception {
        init(server.bucket("masked"));
        for (String[] words :
                List.of(new String[] {"config", "show"}, new String[] {"config", "Datastore"}, new String[] {
                    "config", "Datastore.Spec.mounts"
                })) {
            Cli.Result shown = cli.run(words);
            assertTrue(shown.out().contains("\"secretKey\": \"***\""), shown.out());
            assertFalse(shown.out().contains(server.secretKey()));
        }
    }

    @Test
    void blankKeysAreWrittenForGoDsS3() throws Exception {
        S3Options options = new S3Options();
        new Arguments(options, new GlobalOptions()).parse(List.of("--bucket", "b", "--region", "r"), List::of);
        assertEquals(
                "{accessKey=, bucket=b, region=r, secretKey=, type=s3ds}",
                options.spec(terminal()).toString());
    }

    private Terminal terminal() {
        return new Terminal(
                InputStream.nullInputStream(), System.out, System.err, directory, Map.of(), true, false, false);
    }

    @Test
    void aBucketThatIsNotThereIsNotMadeUnlessAsked() {
        Cli.Result refused = init("absent");
        assertTrue(refused.firstErrorLine().contains("absent"), refused.err());
        assertNothingLeft(refused);
        assertFalse(Files.exists(server.folder().resolve("absent")));
        assertEquals(0, init("absent", "--create-bucket").exit());
    }

    @Test
    void aBucketWithANameThatNoneCanHaveIsNotMade() {
        Cli.Result result = init("b", "--create-bucket");
        assertTrue(result.firstErrorLine().startsWith("Error: the bucket \"b\" cannot be created: "), result.err());
        assertTrue(result.firstErrorLine().contains("between 3 and 63"), result.err());
        assertNothingLeft(result);
    }

    @Test
    void aWrongSecretIsSaidAndNothingIsLeft() throws Exception {
        Files.writeString(directory.resolve("secret"), "wrong");
        Cli.Result result = init(server.bucket("wrong"));
        assertTrue(result.firstErrorLine().startsWith("Error: "), result.err());
        assertNothingLeft(result);
    }

    @Test
    void anEndpointThatRefusesIsSaidAndNothingIsLeft() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Cli.Result result = cli.run(
                "init",
                "--bucket",
                "b",
                "--region",
                "r",
                "--endpoint",
                "http://127.0.0.1:" + port,
                "--access-key",
                "a",
                "--secret-key-file",
                "secret");
        assertTrue(result.firstErrorLine().contains("127.0.0.1:" + port), result.err());
        assertNothingLeft(result);
    }

    @Test
    void aPlaceThatIsNotEmptyIsSaid() throws Exception {
        Files.writeString(server.folder().resolve(server.bucket("used")).resolve("other"), "x");
        Cli.Result result = init("used");
        assertTrue(
                result.err()
                        .startsWith("Note: the bucket \"used\" at " + server.endpoint()
                                + " is not empty, and no repo has claimed it, so others may write there: the new repo shares"
                                + " it (\"access\": \"shared\")"),
                result.err());
        assertEquals(0, result.exit());
        assertTrue(Files.readString(cli.repo().resolve("config")).contains("\"access\": \"shared\""));
        assertFalse(Files.exists(server.folder().resolve("used/.s3ds")));
    }

    @Test
    void aPlaceThatIsNotEmptyIsClaimedWhenSaidOutright() throws Exception {
        Files.writeString(server.folder().resolve(server.bucket("mine")).resolve("other"), "x");
        Cli.Result result = init("mine", "--access", "exclusive");
        assertTrue(
                result.err().startsWith("Note: the bucket \"mine\" at " + server.endpoint() + " is not empty. Blocks"));
        assertTrue(Files.exists(server.folder().resolve("mine/.s3ds/claim/0000000000000001")));
    }

    @Test
    void aPlaceOfAnotherRepoIsRefusedInASentence() throws Exception {
        init(server.bucket("taken"));
        for (String access : List.of("", "exclusive", "shared")) {
            Cli other = server.user(Files.createDirectories(directory.resolve("other" + access)));
            Cli.Result result = access.isEmpty() ? initIn(other, "taken") : initIn(other, "taken", "--access", access);
            assertTrue(
                    result.firstErrorLine()
                            .startsWith("Error: the bucket \"taken\" at " + server.endpoint()
                                    + " is held by another repo, "),
                    result.err());
            assertEquals("", result.out(), "nothing is said to be made");
            assertFalse(Files.exists(other.repo()));
        }
        Cli reader = server.user(Files.createDirectories(directory.resolve("reader")));
        assertEquals(0, initIn(reader, "taken", "--access", "read-only").exit());
        assertTrue(reader.pipe(new byte[1], "block", "put").firstErrorLine().contains("is for reading alone"));
    }

    @Test
    void aWordThatAccessCannotBeIsRefusedWithThoseItCan() throws Exception {
        assertEquals(
                "Error: access is \"mine\"; allowed: \"exclusive\", \"shared\", \"read-only\"",
                init(server.bucket("word"), "--access", "mine").firstErrorLine());
    }

    @Test
    void aReadOnlyRepoNeedsTheEmptyDirectoryToBeThere() throws Exception {
        Cli.Result result = init(server.bucket("unread"), "--access", "read-only");
        assertTrue(
                result.firstErrorLine()
                        .startsWith(
                                "Error: the empty directory, QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn, is not there"),
                result.err());
        assertNothingLeft(result);
    }

    @Test
    void whatAnInitThatFailedHadClaimedIsGivenUp() throws Exception {
        Files.writeString(server.folder().resolve(server.bucket("undone")).resolve("other"), "x");
        Files.createDirectories(cli.repo().resolve("datastore"));
        Files.writeString(cli.repo().resolve("datastore/000001.log"), "what is no LevelDB");
        Files.writeString(cli.repo().resolve("datastore/MANIFEST-000002"), "nor this");
        assertEquals(1, init("undone", "--access", "exclusive").exit());
        Cli other = server.user(Files.createDirectories(directory.resolve("other")));
        assertEquals(0, initIn(other, "undone").exit());
    }

    @Test
    void aSecretInTheArgumentsEarnsAWarning() throws Exception {
        Cli.Result result = cli.run(
                "init",
                "--bucket",
                server.bucket("seen"),
                "--region",
                "us-east-1",
                "--endpoint",
                server.endpoint().toString(),
                "--access-key",
                server.accessKey(),
                "--secret-key",
                server.secretKey());
        assertTrue(result.err().startsWith("Warning: a secret in the arguments can be seen by everyone"), result.err());
        assertEquals(0, result.exit());
    }

    @Test
    void theSecretMayComeFromStandardInput() throws Exception {
        Cli.Result result = cli.pipe(
                (server.secretKey() + "\n").getBytes(StandardCharsets.UTF_8),
                "init",
                "--bucket",
                server.bucket("piped"),
                "--region",
                "us-east-1",
                "--endpoint",
                server.endpoint().toString(),
                "--access-key",
                server.accessKey(),
                "--secret-key-file=-");
        assertEquals(0, result.exit(), result.err());
    }

    @Test
    void aGivenConfigIsTakenAsItIsWithTheSpecThatBelongsToIt() throws Exception {
        init(server.bucket("given"));
        String config = Files.readString(cli.repo().resolve("config"));
        Path file = Files.writeString(directory.resolve("config.json"), config + "\n");
        assertEquals(0, cli.run("claim", "release", "--yes").exit());
        Cli other = new Cli(Files.createDirectory(directory.resolve("other")));
        assertEquals(0, other.run("init", file.toString()).exit());
        assertEquals(config + "\n", Files.readString(other.repo().resolve("config")));
        assertEquals(
                Files.readString(cli.repo().resolve("datastore_spec")),
                Files.readString(other.repo().resolve("datastore_spec")));
    }

    @Test
    void blocksGoToAnyStoreThatAFileDescribes() throws Exception {
        byte[] spec =
                "{\"type\":\"flatfs\",\"path\":\"b\",\"shardFunc\":\"/repo/flatfs/shard/v1/next-to-last/2\",\"sync\":true}"
                        .getBytes(StandardCharsets.UTF_8);
        assertEquals("", cli.pipe(spec, "init", "--blocks", "-").err());
        assertTrue(Files.exists(cli.repo().resolve("b/SHARDING")));
        assertTrue(cli.run("config", "Datastore.Spec").out().contains("\"prefix\": \"flatfs.datastore\""));
    }

    @Test
    void whatIsWrongInAFileForTheBlocksIsSaidBeforeAnythingIsMade() throws Exception {
        Cli.Result list = cli.pipe("[]".getBytes(StandardCharsets.UTF_8), "init", "--blocks", "-");
        assertEquals(
                "Error: standard input is no spec of a store: it must hold an object, such as {\"type\": \"s3ds\", …}",
                list.firstErrorLine());
        assertNothingLeft(list);
        Files.writeString(directory.resolve("spec"), "{\"type\": \"s3ds\", \"region\": \"r\", \"bukket\": \"b\"}");
        assertNothingLeft(cli.run("init", "--blocks", "spec"));
        Files.writeString(directory.resolve("spec"), "{\"type\": \"nosuch\"}");
        Cli.Result unknown = cli.run("init", "--blocks", "spec");
        assertEquals(
                "Error: unknown datastore type: nosuch; there are flatfs, levelds, log, measure, mem, mount, s3ds,"
                        + " s3ds-embedded; others come as plugins, by s3ds plugin install FILE, unless s3ds plugin list"
                        + " shows them as disabled",
                unknown.firstErrorLine());
        assertNothingLeft(unknown);
        assertTrue(cli.run("init", "--blocks", "spec", "--bucket", "b")
                .firstErrorLine()
                .startsWith("Error: --blocks is a file with the whole spec of a store"));
    }

    @Test
    void aMisspeltKeyInAGivenConfigIsNamedWithTheNearest() throws Exception {
        init(server.bucket("spelt"));
        String config = Files.readString(cli.repo().resolve("config")).replace("regionEndpoint", "regionEndPoint");
        Cli other = new Cli(Files.createDirectory(directory.resolve("other")));
        Cli.Result result = other.pipe(config.getBytes(StandardCharsets.UTF_8), "init", "-");
        assertEquals(
                "Error: s3ds: unknown key \"regionEndPoint\"; did you mean \"regionEndpoint\"?",
                result.firstErrorLine());
        assertFalse(Files.exists(other.repo()));
    }

    @Test
    void aWrongValueInAGivenConfigIsNamedWithFileAndPath() throws Exception {
        init(server.bucket("valued"));
        String config = Files.readString(cli.repo().resolve("config"))
                .replace("\"accessKey\"", "\"pathStyle\": \"yes\", \"accessKey\"");
        Path file = Files.writeString(directory.resolve("wrong.json"), config);
        Cli other = new Cli(Files.createDirectory(directory.resolve("other")));
        assertEquals(
                "Error: " + file
                        + ": Datastore.Spec.mounts[0].child.pathStyle is \"yes\"; allowed: true, false, \"auto\"",
                other.run("init", file.toString()).firstErrorLine());
        assertFalse(Files.exists(other.repo()));
    }
}
