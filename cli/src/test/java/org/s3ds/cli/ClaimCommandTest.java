package org.s3ds.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.node.repo.Json;

/** Which repo a bucket belongs to, as a user is told and may change it. */
class ClaimCommandTest {
    @RegisterExtension
    static final FolderServer server = new FolderServer();

    private static int buckets;

    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));
    private String bucket = "";

    @BeforeEach
    void begin() throws Exception {
        bucket = server.bucket("claim" + ++buckets);
        cli = user("a");
    }

    private Cli user(String name) throws IOException {
        return server.user(Files.createDirectory(directory.resolve(name)));
    }

    private Cli.Result init(Cli user, String... more) {
        return user.run(server.options("init", bucket, more));
    }

    private String place() {
        return "the bucket \"" + bucket + "\" at " + server.endpoint();
    }

    private static Cli.Result put(Cli user, String text) {
        return user.pipe(text.getBytes(UTF_8), "block", "put");
    }

    @Test
    void theHolderIsShown() throws Exception {
        init(cli);
        String shown = cli.run("claim", "show").out();
        assertTrue(
                shown.matches("Place:   \\Q" + place()
                        + "\\E\nAccess:  exclusive\nHeld by: this repo, on the machine \\S+ since"
                        + " \\S+Z, last at \\S+Z, as number 1\n"),
                shown);
        String json = cli.run("claim", "show", "--json").out().replaceAll("\\s", "");
        assertTrue(
                json.matches("\\{\"Stores\":\\[\\{\"Place\":\".*\",\"Access\":\"exclusive\",\"Claim\":\\{\"Number\":1,"
                        + "\"Repo\":\"[0-9a-f]{32}\",\"Generation\":1,\"Since\":\"[^\"]*Z\",\"Made\":\"[^\"]*Z\",\"Host\":\"[^\"]*\","
                        + "\"Released\":false,\"Ours\":true,\"OfACopy\":false}}]}"),
                json);
    }

    @Test
    void aSharedPlaceIsNobodysAndMayBeTakenAfterAYes() throws Exception {
        init(cli, "--access", "shared");
        String shared = "Place:   " + place() + "\nAccess:  shared\nHeld by: nobody\n";
        assertEquals(shared, cli.run("claim", "show").out());
        String cid = put(cli, "x").out().strip();
        Cli.Result refused = cli.run("block", "rm", cid);
        assertTrue(refused.err().contains(place() + " may be another repo's as well"), refused.err() + refused.out());

        Cli.Result no = cli.pipe("no\n".getBytes(UTF_8), "claim", "take");
        assertEquals(1, no.exit());
        assertTrue(no.err().startsWith(shared), no.err());
        assertTrue(no.err().contains("Error: nothing was changed; answer yes, or give --yes"), no.err());
        assertEquals(1, cli.run("claim", "take").exit(), "nobody is there to answer");
        assertEquals(shared, cli.run("claim", "show").out());

        assertEquals(
                "claimed " + place() + ", as number 1\n",
                cli.pipe("yes\n".getBytes(UTF_8), "claim", "take").out());
        assertTrue(Files.readString(cli.repo().resolve("config")).contains("\"access\": \"exclusive\""));
        assertEquals(0, cli.run("block", "rm", cid).exit());
    }

    @Test
    void whoeverTakesItThrowsTheOtherOut() throws Exception {
        init(cli);
        Cli other = user("b");
        assertEquals(0, init(other, "--access", "read-only").exit());
        assertEquals(0, other.run("claim", "take", "--yes", "--json").exit());
        assertFalse(Files.readString(other.repo().resolve("config")).contains("read-only"));
        assertEquals(0, put(other, "y").exit());
        Cli.Result refused = put(cli, "x");
        assertTrue(
                refused.firstErrorLine().startsWith("Error: " + place() + " is held by another repo, "), refused.err());
        for (String said : List.of("released ", "this repo holds no claim on ")) {
            assertEquals(
                    said + place() + "\n",
                    other.run("claim", "release", "--yes").out());
        }
    }

    @Test
    void aCopiedRepoIsRefusedWhenTheOriginalHasWritten() throws Exception {
        init(cli);
        Cli copy = user("copy");
        try (Stream<Path> files = Files.walk(cli.repo())) {
            for (Path file : files.toList()) {
                Path target = copy.repo().resolve(cli.repo().relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        assertEquals(0, put(cli, "x").exit());
        Cli.Result refused = put(copy, "y");
        assertEquals(1, refused.exit());
        assertTrue(
                refused.firstErrorLine().contains("one of the two was copied, or restored from a backup"),
                refused.err());
        assertTrue(copy.run("claim", "show")
                .out()
                .contains("Held by: another copy of this repo, in generation 2, on the"));
        assertEquals(0, put(cli, "x").exit());
        assertEquals(0, copy.run("claim", "take", "-y").exit());
        assertEquals(0, put(copy, "y").exit());
        assertEquals(1, put(cli, "x").exit());
    }

    @Test
    void whatIsGivenUpIsForAnyone() throws Exception {
        init(cli);
        assertEquals(
                "released " + place() + "\n",
                cli.run("claim", "release", "--yes").out());
        assertTrue(cli.run("claim", "show")
                .out()
                .contains("Held by: nobody: it was given up by this repo, on the machine "));
        assertTrue(Files.readString(cli.repo().resolve("config")).contains("\"access\": \"shared\""));
        String cid = put(cli, "mine once").out().strip();
        assertTrue(cli.run("block", "rm", cid).err().contains("may be another repo's as well"));
        Cli other = user("b");
        assertEquals("", init(other).err());
        assertTrue(put(cli, "x").err().contains(" is held by another repo, "));
        assertEquals(
                "{\n  \"Stores\": [\n    {\n      \"Place\": \"" + place().replace("\"", "\\\"")
                        + "\",\n      \"Released\": true\n    }\n  ]\n}\n",
                sorted(other.run("claim", "release", "--yes", "--json").out()));
    }

    @Test
    void whoSharesAPlaceIsToldWhenAnotherHasTakenIt() throws Exception {
        init(cli, "--access", "shared");
        assertEquals(0, put(cli, "x").exit());
        Cli other = user("b");
        init(other, "--access", "shared");
        assertEquals(0, other.run("claim", "take", "--yes").exit());
        Cli.Result refused = put(cli, "y");
        assertEquals(1, refused.exit());
        assertTrue(refused.firstErrorLine().contains(" is held by another repo, "), refused.err());
    }

    private static String sorted(String json) throws IOException {
        return Json.pretty(Json.sorted(Json.parse(json.getBytes(UTF_8), "the answer"))) + "\n";
    }

    @Test
    void aRepoWithoutABucketHasNothingToClaim() {
        cli.run("init");
        assertEquals(
                "Error: no store of this repo can be claimed: only one of type s3ds has a place that others get at",
                cli.run("claim", "show").firstErrorLine());
        assertEquals(1, cli.run("claim", "take", "--yes").exit());
        assertEquals(1, cli.run("claim", "release", "--yes").exit());
    }
}
