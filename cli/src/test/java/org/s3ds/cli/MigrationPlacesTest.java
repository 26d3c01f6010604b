package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.embedded.EmbeddedS3;
import org.s3ds.ipld.HashFunction;

/** Places that go by more than one name, or are somebody's already: a migration touches nothing there. */
final class MigrationPlacesTest {
    @RegisterExtension
    static final FolderServer server = new FolderServer();

    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));
    private static int places;
    private String place = "";

    @BeforeAll
    static void makeBuckets() throws Exception {
        server.bucket("one");
    }

    @BeforeEach
    void begin() throws IOException {
        cli = server.user(directory);
        place = "place" + ++places;
        ok("init", "--profile=flatfs");
        Files.writeString(cli.directory().resolve("file"), "hello");
        ok("add", "-Q", "file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"flatfs:./blocks", "flatfs:blocks/", "flatfs:blocks/in", "levelds", "levelds:datastore/new"})
    void aFolderThatTheRepoUsesIsNoTarget(String target) throws Exception {
        assertRefused(target, "is a place that this repo uses already, or lies in it or around it");
    }

    @Test
    void aFolderThatTheRepoUsesIsNoTargetByItsFullName() throws Exception {
        assertRefused("flatfs:" + cli.repo().resolve("blocks"), "choose another place");
        Path link =
                Files.createSymbolicLink(cli.repo().resolve("link"), cli.repo().resolve("blocks"));
        assertRefused("flatfs:" + link, "choose another place");
    }

    @Test
    void theOtherMountMovesIntoNoFolderOfItsOwn() throws Exception {
        Cli.Result result = to("migrate", "--yes", "--mount", "/", "--to", "levelds:datastore/new");
        assertEquals(1, result.exit());
        assertTrue(result.err().contains("choose another place"), result.err());
        assertFalse(Files.exists(cli.repo().resolve("datastore/new")));
    }

    @Test
    void aBucketThatTheRepoUsesIsNoTargetByAnotherAddress() throws Exception {
        migrate("s3://one/" + place);
        String localhost = "http://localhost:" + server.endpoint().getPort();
        assertRefused("s3://one/" + place + "?endpoint=" + localhost, "is a place that this repo uses already");
        ok("repo", "verify");
        assertTrue(ok("claim", "show").contains("this repo"));
    }

    @Test
    void aBucketOfTheSameNameAtAnotherServerIsAnotherPlace() throws Exception {
        migrate("s3://one/" + place);
        Path buckets = directory.resolve("buckets");
        Files.createDirectories(buckets.resolve("one"));
        try (EmbeddedS3 other = EmbeddedS3.start(buckets)) {
            String[] there = words(reaching(other), "migrate", "--yes", "--to", "s3://one/" + place);
            moveTo(there, other);
            String since = add("since");
            ok("migrate", "revert");
            ok("block", "stat", since);
            assertTrue(ok("claim", "show").contains("this repo"));

            moveTo(there, other);
            migrate("s3://one/" + place);
            assertTrue(ok("claim", "show").contains("this repo"));
            ok("repo", "verify");
            ok("migrate", "clean", "--yes");
            ok("repo", "verify");
        }
    }

    private void moveTo(String[] there, EmbeddedS3 other) throws IOException {
        Cli.Result moved = cli.run(there);
        assertEquals(0, moved.exit(), moved.err());
        String claim = ok("claim", "show");
        assertTrue(
                claim.contains("this repo")
                        && claim.contains(":" + other.endpoint().getPort()),
                claim);
        String compared = ok("index", "verify");
        assertTrue(compared.contains(": 0 differences"), compared);
    }

    private String add(String content) throws IOException {
        Files.writeString(cli.directory().resolve("file"), content);
        return ok("add", "-Q", "file").strip();
    }

    private String[] reaching(EmbeddedS3 other) throws IOException {
        Path secret = Files.writeString(directory.resolve("other"), other.secretKey());
        return new String[] {
            "--region",
            "us-east-1",
            "--endpoint",
            other.endpoint().toString(),
            "--access-key",
            other.accessKey(),
            "--secret-key-file",
            secret.toString()
        };
    }

    private static String[] words(String[] reaching, String... words) {
        return Stream.concat(Stream.of(words), Stream.of(reaching)).toArray(String[]::new);
    }

    @Test
    void whatIsLeftStaysWhenTheRepoHasItAgainByAnotherAddress() throws Exception {
        migrate("s3://one/" + place);
        Path config = cli.repo().resolve("config");
        URI endpoint = server.endpoint();
        migrate("flatfs:others");
        ok("migrate", "clean", "--yes"); // of both: the bucket, and the first folder
        migrate("s3://one/" + place);
        migrate("flatfs:third");
        // by hand, as somebody might who goes back without "revert"
        String text = Files.readString(config);
        String here = text.replaceFirst(
                "(?s)\"child\": \\{[^}]*\"path\": \"third\"[^}]*}",
                "\"child\": {\"type\": \"s3ds\", \"bucket\": \"one\", \"region\": \"us-east-1\", \"rootDirectory\": \""
                        + place
                        + "\", \"regionEndpoint\": \"http://localhost:" + endpoint.getPort() + "\", \"accessKey\": \""
                        + server.accessKey() + "\", \"secretKey\": \"" + server.secretKey() + "\"}");
        assertFalse(text.equals(here), text);
        Files.writeString(config, here);
        Path spec = cli.repo().resolve("datastore_spec");
        Files.writeString(
                spec,
                Files.readString(spec)
                        .replaceFirst(
                                "\\{[^{}]*\"path\":\"third\"[^{}]*}",
                                "{\"bucket\":\"one\",\"mountpoint\":\"/blocks\",\"region\":\"us-east-1\",\"rootDirectory\":\""
                                        + place + "\"}"));
        ok("repo", "verify");
        ok("migrate", "clean", "--yes");
        assertEquals("hello", ok("cat", ok("add", "-Q", "--only-hash", "file").strip()));
    }

    @Test
    void aFolderOutsideOfTheRepoIsNotCleanedThroughALink() throws Exception {
        Path blocks = cli.repo().resolve("blocks");
        Path disk = directory.resolve("disk");
        Files.move(blocks, disk);
        Files.createSymbolicLink(blocks, disk);
        migrate("s3://one/" + place);
        Cli.Result result = cli.run("migrate", "clean", "--yes");
        assertEquals(1, result.exit());
        assertTrue(result.err().contains("does not lie in the repo"), result.err());
        assertEquals(2, new FlatfsFolderOfTest(disk).blocks().size());
    }

    @Test
    void aMigrationIsGivenUpAlsoWhenItsTargetIsGone() throws Exception {
        FlatfsFolderOfTest blocks = new FlatfsFolderOfTest(cli.repo().resolve("blocks"));
        Path damaged = blocks.write(
                FlatfsFolderOfTest.name(HashFunction.SHA2_256, "right".getBytes(StandardCharsets.UTF_8)),
                "wrong".getBytes(StandardCharsets.UTF_8));
        Path buckets = directory.resolve("buckets");
        Files.createDirectories(buckets.resolve("gone"));
        try (EmbeddedS3 gone = EmbeddedS3.start(buckets)) {
            Cli.Result cut = cli.run(words(reaching(gone), "migrate", "--yes", "--to", "s3://gone"));
            assertTrue(cut.err().contains(damaged.toString()), cut.err());
        }
        Cli.Result result = cli.run("migrate", "revert");
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.err().contains("its claim on it may stay"), result.err());
        assertTrue(ok("migrate", "status").contains(": given up"));
        Files.delete(damaged);
        migrate("s3://one/" + place);
    }

    private void assertRefused(String target, String words) throws IOException {
        String before = Files.readString(cli.repo().resolve("config"));
        Cli.Result result = to("migrate", "--yes", "--to", target);
        assertEquals(1, result.exit(), result.out());
        assertTrue(result.err().contains(words), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
        assertEquals(before, Files.readString(cli.repo().resolve("config")));
        assertFalse(ok("migrate", "status").contains("being copied"));
    }

    private void migrate(String target) {
        Cli.Result result = to("migrate", "--yes", "--to", target);
        assertEquals(0, result.exit(), result.err());
    }

    private String ok(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals(0, result.exit(), result.err());
        return result.out();
    }

    /** With the options that a bucket needs. */
    private Cli.Result to(String... words) {
        return cli.run(server.reaching(words));
    }
}
