package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.ipld.HashFunction;
import org.s3ds.node.repo.Json;

/**
 * Repos of Kubo moved from files to S3, to another bucket, and back to files; and what keeps them from moving. They are
 * of 1,048 blocks at most, listed in two pages; {@code foreign/migrate} moves one of 50,000.
 */
final class MigrateCommandTest {
    private static final String ON_FLATFS =
            "{\"mounts\":[{\"mountpoint\":\"/blocks\",\"path\":\"blocks\",\"shardFunc\":\"/repo/flatfs/shard/v1/next-to-last/2\","
                    + "\"type\":\"flatfs\"},{\"mountpoint\":\"/\",\"path\":\"datastore\",\"type\":\"levelds\"}],\"type\":\"mount\"}";

    @RegisterExtension
    static final FolderServer server = new FolderServer();

    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));
    private static int places;

    /** How many of the many pins that are much alike are left. */
    private static final int BATCH = 1_000;

    /** A root directory of this test's own. */
    private String place = "";

    @BeforeAll
    static void makeBuckets() throws Exception {
        server.bucket("one");
        server.bucket("two");
    }

    @BeforeEach
    void begin() throws IOException {
        cli = server.user(directory);
        place = "place" + ++places;
    }

    @Test
    void aRepoOfKuboMovesFromPlaceToPlaceAndIsWhatItWas() throws Exception {
        KuboFixture fixture = KuboFixture.load("kubo-flatfs");
        fixture.unpack(cli.repo());
        thinOut();
        FlatfsFolderOfTest blocks = new FlatfsFolderOfTest(cli.repo().resolve("blocks"));
        addOddBlocks(blocks);
        Map<String, String> before = blocks.blocks();
        Set<String> listed = listed();
        String pins = ok("pin", "ls", "--names");

        migrate("s3://one/" + place);
        assertEquals(onS3("one", place), diskSpec());
        assertIs(fixture, listed, pins);

        migrate("s3://two/" + place + "/deep");
        assertEquals(onS3("two", place + "/deep"), diskSpec());
        assertIs(fixture, listed, pins);

        migrate("flatfs:others");
        assertEquals(ON_FLATFS.replace("\"blocks\"", "\"others\""), diskSpec());
        assertIs(fixture, listed, pins);
        Map<String, String> expected = new TreeMap<>(before);
        expected.keySet().removeIf(name -> name.endsWith("NOBLOCK.data"));
        assertEquals(expected, new FlatfsFolderOfTest(cli.repo().resolve("others")).blocks());

        migrate("flatfs");
        assertEquals(ON_FLATFS, diskSpec());
        assertEquals(before, blocks.blocks());
        assertIs(fixture, listed, pins);
        assertEquals(0, cli.run("repo", "verify").exit());
    }

    @Test
    void aRepoOnS3MovesToFilesAndBack() throws Exception {
        KuboFixture fixture = KuboFixture.load("kubo-s3");
        fixture.unpack(cli.repo());
        Path bucket = Files.createDirectories(server.folder().resolve("peergos-test"));
        Files.move(cli.repo().resolve("bucket/node1"), bucket.resolve("node1"));
        Path config = cli.repo().resolve("config");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst(
                                "http://127.0.0.1:[0-9]+", server.endpoint().toString())
                        .replace("\"accessKey\": \"fixture\"", "\"accessKey\": \"" + server.accessKey() + "\"")
                        .replace("\"fixture-secret\"", "\"" + server.secretKey() + "\""));
        String specBefore = diskSpec();
        Set<String> listed = listed();
        String pins = ok("pin", "ls", "--names");

        migrate("flatfs");
        assertEquals(ON_FLATFS, diskSpec());
        assertIs(fixture, listed, pins);
        ok("migrate", "revert");
        assertEquals(specBefore, diskSpec());
        assertIs(fixture, listed, pins);
    }

    @Test
    void theOtherMountMovesToo() throws Exception {
        flatfsRepo("hello");
        ok("files", "mkdir", "/folder");
        String pins = ok("pin", "ls", "--names");
        String root = ok("files", "stat", "--hash", "/");
        migrate("s3://one/" + place, "--mount", "/");
        assertTrue(diskSpec().contains("\"bucket\":\"one\",\"mountpoint\":\"/\""), diskSpec());
        assertEquals(pins, ok("pin", "ls", "--names"));
        assertEquals(root, ok("files", "stat", "--hash", "/"));

        ok("pin", "add", "--name", "another", root.strip());
        String more = ok("pin", "ls", "--names");
        migrate("levelds:again", "--mount", "/");
        assertEquals(ON_FLATFS.replace("\"datastore\"", "\"again\""), diskSpec());
        assertEquals(more, ok("pin", "ls", "--names"));
        assertEquals(root, ok("files", "stat", "--hash", "/"));
    }

    @Test
    void whereANameIsTooLongForTheTargetTheOtherMountStays() throws Exception {
        flatfsRepo("hello");
        ok(
                "pin",
                "add",
                "--name",
                "x".repeat(255),
                ok("files", "stat", "--hash", "/").strip());
        String before = diskSpec();
        Cli.Result result = to("migrate", "--yes", "--to", "s3://one/" + place, "--mount", "/");
        assertEquals(1, result.exit());
        assertEquals(1, result.err().lines().count(), result.err());
        assertEquals(before, diskSpec());
        ok("migrate", "revert");
        ok("pin", "ls");
    }

    @Test
    void aPlanSaysWhatThereIsToDoAndDoesNothing() throws Exception {
        flatfsRepo("hello");
        Map<String, String> before = KuboFixture.state(cli.repo());
        Cli.Result result = to("migrate", "plan", "--to", "s3://one/" + place);
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().contains("\nTo copy:  2 blocks ("), result.out());
        assertTrue(result.out().contains("\nRequests: 2 PUT, about 1 LIST"), result.out());
        assertTrue(result.out().contains("\n  from    " + ON_FLATFS + "\n"), result.out());
        assertTrue(result.out().contains("\n  to      " + onS3("one", place)), result.out());
        assertFalse(result.out().contains(server.secretKey()));
        before.keySet().removeIf(name -> name.endsWith("repo.lock"));
        assertEquals(before, KuboFixture.state(cli.repo()));
        Path made = server.folder().resolve("one").resolve(place);
        assertTrue(!Files.exists(made) || noFiles(made));

        Cli.Result json = to("migrate", "--dry-run", "--json", "--to", "s3://one//" + place + "/");
        Map<?, ?> fields = (Map<?, ?>)
                Objects.requireNonNull(Json.parse(json.out().getBytes(StandardCharsets.UTF_8), "the answer"));
        assertEquals(2L, fields.get("ToCopyBlocks"));
        assertEquals(onS3("one", place), fields.get("SpecAfter"));
        assertEquals(0L, fields.get("TargetBlocks"));
        assertEquals(2L, fields.get("Puts"));
        assertEquals(0L, fields.get("Gets"));
    }

    @Test
    void aPlanToLeaveABucketCountsWhatIsReadThere() throws Exception {
        flatfsRepo("hello");
        migrate("s3://one/" + place);
        Cli.Result result = to("migrate", "plan", "--to", "flatfs:back");
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().contains("\nRequests: 2 GET, about 3 LIST\n"), result.out());
        assertTrue(result.out().contains("\nTime:     about "), result.out());
        assertFalse(Files.exists(cli.repo().resolve("back")));
    }

    @Test
    void aPlanForTheRootMountCountsItsValuesAndDoesNothing() throws Exception {
        flatfsRepo("hello");
        String before = diskSpec();
        Cli.Result result = to("migrate", "plan", "--to", "s3://one/" + place, "--mount", "/");
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().matches("(?s)From:     levelds datastore, [1-9]\\d* values .*"), result.out());
        assertTrue(result.out().contains(", no values there\n"), result.out());
        assertEquals(before, diskSpec());
        assertEquals("this repo has no migration\n", ok("migrate", "status"));
    }

    @Test
    void whatAPlanThatWasKilledLeavesInTheBucketIsNobodys() throws Exception {
        flatfsRepo("hello");
        Path scratch = Files.createDirectories(
                server.folder().resolve("one").resolve(place).resolve(".s3ds-doctor/1-a/speed/6"));
        Files.writeString(scratch.resolve("0"), "sample");
        migrate("s3://one/" + place);
        assertTrue(ok("claim", "show").contains("this repo"), ok("claim", "show"));
    }

    @Test
    void whoDoesNotSayYesChangesNothing() throws Exception {
        flatfsRepo("hello");
        String before = diskSpec();
        Cli.Result result = to("migrate", "--to", "s3://one/" + place);
        assertEquals(1, result.exit());
        assertTrue(
                result.err().endsWith("Error: nothing was changed; answer yes, or give --yes, to go on\n"),
                result.err());
        assertEquals(before, diskSpec());
        assertEquals("this repo has no migration\n", ok("migrate", "status"));
    }

    @Test
    void aPlaceOfAnotherRepoIsLeftAlone() throws Exception {
        Cli other = server.user(Files.createDirectory(directory.resolve("other")));
        Cli.Result made = other.run(server.options("init", "one", "--root-directory", place));
        assertEquals(0, made.exit(), made.err());
        flatfsRepo("hello");
        Cli.Result result = to("migrate", "--yes", "--to", "s3://one/" + place);
        assertEquals(1, result.exit());
        assertTrue(result.err().contains("is held by another repo"), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
        assertEquals(ON_FLATFS, diskSpec());
    }

    @Test
    void aPlaceThatIsNotEmptyIsLeftAlone() throws Exception {
        flatfsRepo("one");
        migrate("s3://one/" + place);
        ok("migrate", "revert");
        Cli first = cli;
        cli = server.user(Files.createDirectory(directory.resolve("other")));
        flatfsRepo("two");
        Cli.Result result = to("migrate", "--yes", "--to", "s3://one/" + place);
        assertEquals(1, result.exit());
        assertTrue(
                result.err()
                        .contains(
                                " has 1 blocks that the repo does not have: choose another place, or give --keep-others"),
                result.err());
        assertEquals(ON_FLATFS, diskSpec());
        cli = first;
        assertEquals(ON_FLATFS, diskSpec());
    }

    @Test
    void whatCannotBeWrittenToIsToldInASentence() throws Exception {
        flatfsRepo("hello");
        for (String target : List.of("s3://none/" + place, "s3://one/" + place + "?endpoint=http://127.0.0.1:1")) {
            Cli.Result result = to("migrate", "--yes", "--to", target);
            assertEquals(1, result.exit());
            assertEquals(1, result.err().lines().count(), result.err());
            assertTrue(result.err().startsWith("Error: "), result.err());
            assertEquals(ON_FLATFS, diskSpec());
        }
        Cli.Result bad = to("migrate", "--yes", "--to", "nowhere");
        assertTrue(bad.err().startsWith("Error: --to 'nowhere' is no store; it may be s3://"), bad.err());
    }

    @Test
    void aDamagedBlockIsNamedAndTheRepoStays() throws Exception {
        flatfsRepo("hello");
        FlatfsFolderOfTest blocks = new FlatfsFolderOfTest(cli.repo().resolve("blocks"));
        Path damaged = blocks.write(
                FlatfsFolderOfTest.name(HashFunction.SHA2_256, "right".getBytes(StandardCharsets.UTF_8)),
                "wrong".getBytes(StandardCharsets.UTF_8));
        Cli.Result result = to("migrate", "--yes", "--to", "s3://one/" + place);
        assertEquals(1, result.exit());
        assertTrue(result.err().contains(damaged.toString()), result.err());
        assertTrue(result.err().contains("so the repo keeps its store"), result.err());
        assertEquals(ON_FLATFS, diskSpec());
        assertTrue(ok("migrate", "status").contains(": being copied"));
        assertTrue(ok("migrate", "clean", "--yes").startsWith("nothing to remove yet: a migration is under way"));

        Cli.Result resumed = cli.run("migrate", "resume", "--skip-corrupt");
        assertEquals(0, resumed.exit());
        assertTrue(resumed.err().contains("1 block that cannot be had, named above"), resumed.err());
        assertEquals(onS3("one", place), diskSpec());
    }

    @Test
    void whatWasLeftIsRemovedWhenTheRepoIsWholeWithoutIt() throws Exception {
        flatfsRepo("hello");
        migrate("s3://one/" + place);
        Path blocks = cli.repo().resolve("blocks");
        Path foreign = Files.writeString(blocks.resolve("notes.txt"), "mine");
        Path object;
        try (var files = Files.list(server.folder().resolve("one").resolve(place))) {
            object = files.filter(file -> file.getFileName().toString().startsWith("CIQ"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] whole = Files.readAllBytes(object);
        Files.writeString(object, "damaged");
        Cli.Result refused = cli.run("migrate", "clean", "--yes");
        assertEquals(1, refused.exit());
        assertTrue(
                refused.err().contains("Error: nothing was removed, as the repo is not whole where it is now"),
                refused.err());
        assertEquals(2, new FlatfsFolderOfTest(blocks).blocks().size());

        Files.write(object, whole);
        assertEquals(1, cli.run("migrate", "clean").exit());
        String cleaned = ok("migrate", "clean", "--yes");
        assertEquals("removed 2 values at flatfs blocks; other files stay there, such as " + foreign + "\n", cleaned);
        assertTrue(Files.exists(foreign));
        assertEquals(Map.of(), new FlatfsFolderOfTest(blocks).blocks());
        assertEquals("no migration has left anything behind\n", ok("migrate", "clean", "--yes"));
        Files.delete(foreign);
        Files.delete(blocks);

        migrate("flatfs");
        assertEquals(
                "removed 2 values at \"" + place + "/\" in the bucket \"one\" at " + server.endpoint()
                        + ", and gave it up\n",
                ok("migrate", "clean", "--yes"));
        assertTrue(noBlocks(server.folder().resolve("one").resolve(place)));
        ok("repo", "verify");
    }

    private static boolean noBlocks(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.noneMatch(file -> file.getFileName().toString().startsWith("CIQ"));
        }
    }

    @Test
    void theJournalHasNoSecretsAndItsFilesAreTheOwners() throws Exception {
        flatfsRepo("hello");
        migrate("s3://one/" + place);
        Path folder = cli.repo().resolve("s3ds/migrate/1");
        assertFalse(Files.readString(folder.resolve("journal")).contains(server.secretKey()));
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                        file.toString());
            }
        }
        assertFalse(ok("migrate", "status").contains(server.secretKey()));
    }

    private void flatfsRepo(String content) throws IOException {
        ok("init", "--profile=flatfs");
        Files.writeString(directory.resolve("file"), content);
        Files.writeString(cli.directory().resolve("file"), content);
        ok("add", "-Q", "file");
    }

    /** Takes most of the 6,000 pins of a small block each away, and their blocks. */
    private void thinOut() {
        List<String> cids = ok("pin", "ls", "--names", "--type=recursive")
                .lines()
                .filter(line -> line.matches("\\S+ recursive batch .*"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .skip(BATCH)
                .toList();
        assertFalse(cids.isEmpty());
        ok(Stream.concat(Stream.of("pin", "rm"), cids.stream()).toArray(String[]::new));
        ok(Stream.concat(Stream.of("block", "rm"), cids.stream()).toArray(String[]::new));
    }

    private static void addOddBlocks(FlatfsFolderOfTest blocks) throws IOException {
        byte[] large = new byte[2 << 20];
        new Random(1).nextBytes(large);
        blocks.add(large);
        blocks.add(new byte[0]);
        blocks.add(HashFunction.byName("sha2-512").orElseThrow(), "long name".getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(blocks.path().resolve(".temp"));
        Files.writeString(blocks.path().resolve("notes.txt"), "foreign");
        blocks.write("NOBLOCK", new byte[3]);
    }

    private void assertIs(KuboFixture fixture, Set<String> listed, String pins) throws IOException {
        assertEquals(pins, ok("pin", "ls", "--names"));
        assertEquals(fixture.filesRoot() + "\n", ok("files", "stat", "--hash", "/"));
        assertEquals(listed, listed());
        for (KuboFixture.Content content : fixture.contents()) {
            ok("cat", content.cid());
            assertEquals(content.sha256(), KuboFixture.sha256(cli.lastOutput()));
        }
    }

    private Set<String> listed() {
        return new HashSet<>(ok("refs", "local").lines().toList());
    }

    private static boolean noFiles(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.noneMatch(Files::isRegularFile);
        }
    }

    private static String onS3(String bucket, String rootDirectory) {
        return ("{\"mounts\":[{\"bucket\":\"%s\",\"mountpoint\":\"/blocks\",\"region\":\"us-east-1\",\"rootDirectory\":\"%s\"},"
                        + "{\"mountpoint\":\"/\",\"path\":\"datastore\",\"type\":\"levelds\"}],\"type\":\"mount\"}")
                .formatted(bucket, rootDirectory);
    }

    private String diskSpec() throws IOException {
        return Files.readString(cli.repo().resolve("datastore_spec"));
    }

    private void migrate(String target, String... words) {
        List<String> all = new ArrayList<>(List.of("migrate", "--yes", "--to", target));
        all.addAll(Arrays.asList(words));
        Cli.Result result = to(all.toArray(String[]::new));
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
