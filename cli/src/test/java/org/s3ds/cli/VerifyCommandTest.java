package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multibase;
import org.s3ds.node.repo.Json;

/** What {@code verify} finds, prints and repairs, and what {@code du} adds up. */
class VerifyCommandTest {
    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));

    @BeforeEach
    void begin() {
        cli = new Cli(directory);
    }

    private String run(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals("", result.err());
        assertEquals(0, result.exit());
        return result.out().strip();
    }

    private static String name(Cid cid) {
        return Multibase.BASE32_UPPER.encode(cid.hash().toBytes()).substring(1);
    }

    private Path file(Cid cid) {
        String name = name(cid);
        return cli.repo()
                .resolve("blocks/" + name.substring(name.length() - 3, name.length() - 1) + "/" + name + ".data");
    }

    /** A folder of a file, added with a name for its pin. */
    private Cid album() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("album"));
        Files.writeString(folder.resolve("photo"), "a photo");
        Files.writeString(folder.resolve("note"), "a note");
        return Cid.parse(run("add", "-Q", "-r", "--cid-version=1", "--pin-name=album", "album"));
    }

    @Test
    void aRepoOfKuboIsWhole() throws Exception {
        KuboFixture.load("kubo-flatfs").unpack(cli.repo());
        String sums = run("verify");
        assertTrue(sums.contains(" needed by pins and files, 0 of them missing; 0 repaired"), sums);
        assertTrue(run("verify", "--sizes").contains("no block was read but those with links"));
        assertTrue(run("verify", "--sample", "50%", "--seed", "7", "--json").startsWith("{\"Whole\":true,"));
    }

    @Test
    void whatIsMissingOrCorruptIsNamedAndComesBackFromACopy() throws Exception {
        run("init", "--profile=flatfs");
        Cid album = album();
        Cid photo = Cid.parse(run("add", "-Q", "--cid-version=1", "--only-hash", "album/photo"));
        Path copy = directory.resolve("copy");
        copyFolder(cli.repo().resolve("blocks"), copy);
        Cli.Result car = cli.run("copy", copy.toString(), "album.car");
        assertEquals(0, car.exit(), car.err());
        for (String source :
                List.of(copy.toString(), directory.resolve("album.car").toString())) {
            Files.delete(file(photo));
            Files.writeString(file(album), "damaged");
            Cli.Result found = cli.run("verify", "--json");
            assertEquals(1, found.exit());
            assertTrue(found.out().contains("{\"Class\":\"corrupt\",\"Cid\":\""), found.out());
            Cli.Result repaired = cli.run("verify", "--repair-from", source);
            assertEquals(0, repaired.exit(), repaired.err());
            assertTrue(
                    repaired.out()
                            .contains("the pin " + album + " (\"album\") needs it, at " + album + "/photo, restored"),
                    repaired.out());
            assertTrue(repaired.out().contains("; 2 repaired"), repaired.out());
            run("verify");
        }
    }

    @Test
    void inABucketWithAnIndexTruncatedObjectsAreToldApartAndSizesSeesThem() throws Exception {
        Path folder = directory.resolve("server");
        try (TestBucket bucket = TestBucket.embedded(folder)) {
            Path place = exclusive(bucket, folder);
            album();
            Cid photo = Cid.parse(run("add", "-Q", "--cid-version=1", "--only-hash", "album/photo"));
            run("verify");
            Files.writeString(place.resolve(name(photo)), "a ph");
            Cli.Result sizes = cli.run("verify", "--sizes");
            assertEquals(1, sizes.exit(), sizes.out());
            assertTrue(sizes.out().contains("the index has 7 bytes, the bucket has 4 bytes"), sizes.out());
            Cli.Result full = cli.run("verify");
            assertEquals(1, full.exit());
            assertTrue(full.out().startsWith("truncated  " + photo + " (the object "), full.out());
            assertTrue(full.out().contains("it has 4 bytes, and had 7"), full.out());
        }
    }

    @Test
    void foreignObjectsAreNoDifferences() throws Exception {
        Path folder = directory.resolve("server");
        try (TestBucket bucket = TestBucket.embedded(folder)) {
            Path place = exclusive(bucket, folder);
            Cid album = album();
            run("index", "rebuild");
            Files.writeString(place.resolve("foreign"), "");
            Files.writeString(Files.createDirectories(place.resolve("sub")).resolve(name(album)), "x");
            String sums = run("verify", "--sizes");
            assertTrue(sums.contains("foreign names beside them: 2, such as "), sums);
        }
    }

    @Test
    void sizesRepairsWhatDiffersAndWhatItReadAndFoundDamaged() throws Exception {
        Path folder = directory.resolve("server");
        try (TestBucket bucket = TestBucket.embedded(folder)) {
            Path place = exclusive(bucket, folder);
            Cid album = album();
            Cid photo = Cid.parse(run("add", "-Q", "--cid-version=1", "--only-hash", "album/photo"));
            assertEquals(0, cli.run("copy", "repo", "album.car").exit());
            run("verify");
            Files.writeString(place.resolve(name(photo)), "a ph");
            byte[] node = Files.readAllBytes(place.resolve(name(album)));
            node[node.length - 1] ^= 1;
            Files.write(place.resolve(name(album)), node);
            String car = directory.resolve("album.car").toString();
            Cli.Result repaired = cli.run("verify", "--sizes", "--json", "--repair-from", car);
            assertEquals(0, repaired.exit(), repaired.err() + repaired.out());
            String differs = "{\"Class\":\"differs\",\"Cid\":\"" + photo + "\",\"Where\":\"the object "
                    + folder.relativize(place) + "/" + name(photo) + "\",";
            assertTrue(repaired.out().contains(differs), repaired.out());
            assertTrue(repaired.out().contains("{\"Class\":\"corrupt\",\"Cid\":\"" + album + "\""), repaired.out());
            assertTrue(repaired.out().contains("\"Repaired\":2,"), repaired.out());
            run("verify");
        }
    }

    @Test
    void aPlaceOfCopiesThatIsNotThereIsToldAtOnce() throws Exception {
        Path folder = directory.resolve("server");
        try (TestBucket bucket = TestBucket.embedded(folder)) {
            exclusive(bucket, folder);
            Files.writeString(directory.resolve("gone.json"), Json.compact(elsewhere(bucket)));
            for (String source : List.of("gone", "gone.car", "gone.json")) {
                Cli.Result result = cli.run("verify", "--repair-from", source);
                assertEquals(1, result.exit());
                assertEquals("", result.out(), source);
                assertEquals(1, result.err().lines().count(), result.err());
                assertTrue(result.err().contains("gone"), result.err());
            }
        }
    }

    private static Map<String, Object> elsewhere(TestBucket bucket) {
        Map<String, Object> spec = new HashMap<>(bucket.spec("node1"));
        spec.put("bucket", "gone-bucket");
        return spec;
    }

    /** A repo with its blocks in a bucket, where they are files below the folder that is returned. */
    private Path exclusive(TestBucket bucket, Path folder) throws Exception {
        Map<String, Object> spec = new HashMap<>(bucket.spec("node1"));
        spec.put("access", "exclusive");
        TestRepo.init(cli, spec);
        return folder.resolve(spec.get("bucket") + "/node1");
    }

    @Test
    void wrongSharesAndTwoWaysAtOnceAreRefused() {
        run("init", "--profile=flatfs");
        assertTrue(cli.run("verify", "--sample", "5").firstErrorLine().contains("invalid --sample \"5\""));
        assertTrue(cli.run("verify", "--sample", "0%").firstErrorLine().contains("invalid --sample \"0%\""));
        assertTrue(cli.run("verify", "--sizes", "--full").firstErrorLine().contains("exclude each other"));
        assertTrue(cli.run("verify", "--repair-from", "repo").firstErrorLine().contains("from themselves"));
    }

    @Test
    void duTellsWhatEachPinHasAloneAndShares() throws Exception {
        run("init", "--profile=flatfs");
        Cid album = album();
        Cid photo = Cid.parse(run("add", "-Q", "--cid-version=1", "--pin-name=photo", "album/photo"));
        List<String> lines = run("du", "--json").lines().toList();
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.startsWith("{\"Keeper\":\"the pin " + photo
                                + " (\\\"photo\\\")\",\"Cid\":\"" + photo
                                + "\",\"Bytes\":7,\"Blocks\":1,\"AloneBytes\":0,"
                                + "\"AloneBlocks\":0,\"SharedBytes\":7,\"SharedBlocks\":1,")),
                lines::toString);
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.contains(album.toString())
                                && line.contains("\"Blocks\":3,")
                                && line.contains("\"AloneBlocks\":2,")
                                && line.contains("\"SharedBlocks\":1,")),
                lines::toString);
        assertTrue(lines.getLast().startsWith("{\"Keeper\":\"nothing\",\"Bytes\":0,\"Blocks\":0"), lines::toString);
        run("pin", "rm", photo.toString());
        run("pin", "rm", album.toString());
        String some = run("du", album.toString());
        assertTrue(some.startsWith("no pin (" + album + "): "), some);
        assertTrue(some.contains(" in 3 blocks; alone "), some);
        Files.delete(file(photo));
        assertEquals(1, cli.run("du", album.toString()).exit());
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
