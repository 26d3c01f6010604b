package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told whose bucket, keys, server or spec are not right, at {@code init} and in a repo that was. */
class BadBucketTest {
    private static final String CID = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";
    private static final String KEY = "CIQLSTJHXGJU2PQIUUXFFV62PWV7VREE57RXUU4A52IIR55M4LX432I";

    @RegisterExtension
    static final FolderServer server = new FolderServer();

    private static int buckets;

    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));
    private String bucket = "";
    private Path secret = Path.of("");

    @BeforeEach
    void begin() throws Exception {
        cli = server.user(directory);
        secret = directory.resolve("secret");
        bucket = server.bucket("bad" + ++buckets);
        Files.writeString(directory.resolve("hello.txt"), "hello world");
    }

    private Cli.Result init(String name, String endpoint) {
        return cli.run(server.options("init", name, URI.create(endpoint)));
    }

    private void init() {
        Cli.Result result = init(bucket, endpoint());
        assertEquals(0, result.exit(), result.err());
    }

    private static String endpoint() {
        return server.endpoint().toString();
    }

    /** Replaces a text in the config of the repo. */
    private void spoil(String text, String replacement) throws IOException {
        Path config = cli.repo().resolve("config");
        String before = Files.readString(config);
        assertTrue(before.contains(text), before);
        Files.writeString(config, before.replace(text, replacement));
    }

    /** The sentence, and in brackets the request: which, on what, how it ended, how often, how long. */
    private static void assertError(Cli.Result result, String sentence, String request) {
        assertEquals(1, result.exit());
        String line = result.firstErrorLine();
        assertTrue(line.startsWith("Error: " + sentence + " (" + request), line);
        assertTrue(line.matches(".*, [0-9]+ ms(, request \\w+)?\\)"), line);
        assertEquals(
                "",
                result.out()
                        .lines()
                        .filter(l -> l.startsWith("added"))
                        .findAny()
                        .orElse(""));
    }

    @Test
    void noSuchBucketAtInit() {
        assertError(
                init("absent", endpoint()),
                "there is no bucket \"absent\" at " + endpoint() + "; create it, or correct \"bucket\" in the spec",
                "list absent: status 404 NoSuchBucket, 1 attempt, ");
        assertFalse(Files.exists(cli.repo()));
    }

    @Test
    void aBucketThatIsGoneIsNeverAMissingBlock() throws Exception {
        init();
        Files.delete(
                server.folder().resolve(bucket).resolve("CIQFTFEEHEDF6KLBT32BFAGLXEZL4UWFNWM4LFTLMXQBCERZ6CMLX3Y"));
        FolderServer.removeAll(server.folder().resolve(bucket).resolve(".s3ds"));
        Files.delete(server.folder().resolve(bucket));
        String sentence = "there is no bucket \"" + bucket + "\" at " + endpoint()
                + "; create it, or correct \"bucket\" in the spec";
        String object = " " + bucket + "/" + KEY + ": status 404 NoSuchBucket, ";
        assertError(cli.run("cat", CID), sentence, "get" + object);
        String ours = "get " + bucket + "/.s3ds/claim/0000000000000001: status 404 NoSuchBucket, ";
        assertError(cli.run("block", "stat", CID), sentence, ours);
        assertError(cli.run("refs", "local"), sentence, ours);
        assertError(cli.run("add", "--raw-leaves", "hello.txt"), sentence, claim() + ": status 404 NoSuchBucket, ");
    }

    /** The first request of a command that writes: which claim counts? */
    private String claim() {
        return "list " + bucket + "/.s3ds/claim/";
    }

    @Test
    void aWrongSecretAtInitAndLater() throws Exception {
        String sentence = endpoint() + " refused the signature: the secret key is not the one of access key \""
                + server.accessKey() + "\"; correct \"secretKey\"";
        Files.writeString(secret, "wrong");
        assertError(init(bucket, endpoint()), sentence, "list " + bucket + ": status 403 SignatureDoesNotMatch, ");
        assertFalse(Files.exists(cli.repo()));
        Files.writeString(secret, server.secretKey());
        init();
        spoil(server.secretKey(), "wrong");
        String object = " " + bucket + "/" + KEY + ": status 403 SignatureDoesNotMatch, ";
        assertError(cli.run("cat", CID), sentence, "get" + object);
        assertError(
                cli.run("add", "--raw-leaves", "hello.txt"),
                sentence,
                claim() + ": status 403 SignatureDoesNotMatch, ");
        assertEquals(1, cli.run("block", "stat", CID).exit());
    }

    @Test
    void anEndpointThatRefusesAtInitAndLater() throws Exception {
        String dead = "http://127.0.0.1:" + unusedPort();
        String sentence = "nothing answers at " + dead + "; start the server, or correct \"regionEndpoint\"";
        assertError(init(bucket, dead), sentence, "list " + bucket + ": 6 attempts, ");
        assertFalse(Files.exists(cli.repo()));
        init();
        spoil(endpoint(), dead);
        assertError(cli.run("cat", CID), sentence, "get " + bucket + "/" + KEY + ": 6 attempts, ");
        assertError(cli.run("add", "--raw-leaves", "hello.txt"), sentence, claim() + ": 6 attempts, ");
    }

    @Test
    void aCorruptBlockInTheBucket() throws Exception {
        init();
        cli.run("add", "--raw-leaves", "hello.txt");
        Files.writeString(server.folder().resolve(bucket).resolve(KEY), "spoilt");
        for (List<String> words : List.of(List.of("cat", CID), List.of("block", "get", CID), List.of("get", CID))) {
            Cli.Result result = cli.run(words.toArray(String[]::new));
            assertEquals(
                    "Error: block in storage has different hash than requested: " + CID + ", stored as the object "
                            + bucket + "/" + KEY
                            + " (6 bytes); add the content again, or let \"s3ds verify --repair-from\" put a copy in its place",
                    result.firstErrorLine());
            assertEquals(1, result.exit());
            assertFalse(result.out().contains("spoilt"));
        }
        assertFalse(Files.exists(directory.resolve(CID)), "nothing is left of what could not be read");
        cli.run("add", "--raw-leaves", "hello.txt");
        assertEquals(0, cli.run("cat", CID).exit(), "it was sent again, though the index knows it");
    }

    @Test
    void aMisspeltKeyIsAnErrorAtInitAndAWarningWhenOpening() throws Exception {
        init();
        spoil("\"regionEndpoint\"", "\"workrs\": 5, \"regionEndpoint\"");
        Cli.Result opened = cli.run("add", "-q", "hello.txt");
        assertEquals("Warning: unknown key \"workrs\"; did you mean \"workers\"?\n", opened.err());
        assertEquals(0, opened.exit());
        assertRefusedAtInit("s3ds: unknown key \"workrs\"; did you mean \"workers\"?");
    }

    @Test
    void aKeyTransformIsRefusedAtInitAndWhenOpening() throws Exception {
        init();
        spoil("\"regionEndpoint\"", "\"keyTransform\": \"next-to-last/2\", \"regionEndpoint\"");
        String sentence = "s3ds: keyTransform is \"next-to-last/2\", which gives objects other names;"
                + " only \"default\" is supported";
        Cli.Result opened = cli.run("cat", CID);
        assertEquals("Error: " + sentence, opened.firstErrorLine());
        assertEquals(1, opened.exit());
        assertRefusedAtInit(sentence);
        spoil("next-to-last/2", "default");
        assertEquals(0, cli.run("add", "hello.txt").exit());
    }

    /** The config of the repo, given to an init elsewhere. */
    private void assertRefusedAtInit(String sentence) throws IOException {
        byte[] config = Files.readAllBytes(cli.repo().resolve("config"));
        Cli other = new Cli(Files.createDirectory(directory.resolve("other")));
        Cli.Result result = other.pipe(config, "init", "-");
        assertEquals("Error: " + sentence, result.firstErrorLine());
        assertEquals(1, result.exit());
        assertFalse(Files.exists(other.repo()));
        assertFalse(new String(config, StandardCharsets.UTF_8).isEmpty());
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
