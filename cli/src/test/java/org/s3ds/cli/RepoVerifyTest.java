package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.Multicodec;

/** What {@code repo verify} prints and does, on flatfs and in a bucket. */
class RepoVerifyTest {
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

    private static String raw(Cid cid) {
        return Cid.v1(Multicodec.RAW, cid.hash()).toString();
    }

    private Path file(Cid cid) {
        String name = name(cid);
        return cli.repo()
                .resolve("blocks/" + name.substring(name.length() - 3, name.length() - 1) + "/" + name + ".data");
    }

    @Test
    void aRepoOfKuboIsWholeUntilABlockIsDamaged() throws Exception {
        KuboFixture fixture = KuboFixture.load("kubo-flatfs");
        fixture.unpack(cli.repo());
        assertEquals("verify complete, all blocks validated.", run("repo", "verify"));
        Cid tree = Cid.parse(fixture.text("tree"));
        Files.writeString(file(tree), "damaged");
        String sentence = "block " + raw(tree) + " was corrupt (block in storage has different hash than requested)";
        Cli.Result found = cli.run("repo", "verify");
        assertEquals(sentence + "\n", found.out());
        assertEquals("Error: verify complete, 1 blocks corrupt\n", found.err());
        assertEquals(1, found.exit());
        assertTrue(Files.exists(file(tree)));
        Cli.Result dropped = cli.run("repo", "verify", "--drop");
        assertEquals(sentence + ", removed\nverify complete, 1 blocks corrupt, 1 removed\n", dropped.out());
        assertEquals(0, dropped.exit());
        assertEquals(
                "Warning: block " + raw(tree)
                        + ", which was removed, is missing now: pinned: recursive; add the content"
                        + " again, or restore it from a copy\n",
                dropped.err());
        assertFalse(Files.exists(file(tree)));
        assertEquals("verify complete, all blocks validated.", run("repo", "verify"));
    }

    @Test
    void asJsonEveryBlockIsALineAsWithKuboOrEveryBadOne() throws Exception {
        run("init", "--profile=flatfs");
        Files.writeString(directory.resolve("file"), "content");
        Cid cid = Cid.parse(run("add", "-Q", "file"));
        assertEquals(
                "{\"Msg\":\"\",\"Progress\":1}\n{\"Msg\":\"\",\"Progress\":2}\n"
                        + "{\"Msg\":\"verify complete, all blocks validated.\",\"Progress\":0}",
                run("repo", "verify", "--encoding=json"));
        Files.writeString(file(cid), "damaged");
        Cli.Result found = cli.run("repo", "verify", "--json");
        List<String> lines = found.out().lines().toList();
        assertEquals(2, lines.size(), found.out());
        assertTrue(lines.get(0).startsWith("{\"cid\":\"" + raw(cid) + "\",\"problem\":\"corrupt\","), found.out());
        assertTrue(
                lines.get(1)
                        .startsWith("{\"summary\":\"verify complete, 1 blocks corrupt\",\"succeeded\":false,"
                                + "\"blocks\":2,"),
                found.out());
        assertEquals(1, found.exit());
    }

    @Test
    void whatLiesBesideTheBlocksIsCountedAndNamed() throws Exception {
        run("init", "--profile=flatfs");
        Path shard = Files.createDirectories(cli.repo().resolve("blocks/IN"));
        Files.writeString(shard.resolve("SHARDING.data"), "of somebody else");
        Cli.Result result = cli.run("repo", "verify");
        assertEquals(
                "Note: 1 names beside the blocks are not those of blocks, and were passed over, such as SHARDING\n",
                result.err());
        assertEquals(0, result.exit());
        assertEquals("NumObjects: 1", run("repo", "stat").lines().findFirst().orElseThrow());
    }

    @Test
    void corruptBlocksAreHealedFromAnotherBucket() throws Exception {
        Path folder = directory.resolve("server");
        try (TestBucket bucket = TestBucket.embedded(folder)) {
            Map<String, Object> spec = new HashMap<>(bucket.spec("node1"));
            Map<String, Object> copies = new HashMap<>(bucket.spec("copies"));
            copies.remove("type");
            spec.put("readBuckets", List.of(copies));
            spec.put("access", "exclusive");
            TestRepo.init(cli, spec);
            Path blocks = folder.resolve(spec.get("bucket") + "/node1");
            Path other = Files.createDirectories(folder.resolve(spec.get("bucket") + "/copies"));
            Cid healed = damaged(blocks, "healed");
            Cid hopeless = damaged(blocks, "hopeless");
            Files.writeString(other.resolve(name(healed)), "healed");
            Files.writeString(other.resolve(name(hopeless)), "damaged as well");
            Files.move(cli.repo().resolve("index"), directory.resolve("the index of before"));
            Cli.Result result = cli.run("repo", "verify", "--heal");
            assertTrue(result.out().contains(sentence(healed) + ", removed, healed\n"), result.out());
            assertTrue(result.out().contains(sentence(hopeless) + ", failed to heal (block in storage"), result.out());
            assertEquals(
                    "Error: verify complete, 2 blocks corrupt, 1 removed, 1 healed, 1 failed to heal",
                    result.firstErrorLine());
            assertArrayEquals("healed".getBytes(StandardCharsets.UTF_8), bytes(blocks, healed));
            assertTrue(Files.exists(blocks.resolve(name(hopeless))), "it stays unless --drop is given");
            Cli.Result dropped = cli.run("repo", "verify", "--heal", "--drop");
            assertTrue(dropped.out().contains(sentence(hopeless) + ", removed, failed to heal ("), dropped.out());
            assertEquals(1, dropped.exit());
            assertFalse(Files.exists(blocks.resolve(name(hopeless))));
        }
    }

    private static byte[] bytes(Path blocks, Cid cid) throws IOException {
        return Files.readAllBytes(blocks.resolve(name(cid)));
    }

    private static String sentence(Cid cid) {
        return "block " + raw(cid) + " was corrupt (block in storage has different hash than requested)";
    }

    private Cid damaged(Path blocks, String content) throws IOException {
        Files.writeString(directory.resolve(content), content);
        Cid cid = Cid.parse(run("add", "-Q", "--cid-version=1", "--pin=false", content));
        Files.writeString(blocks.resolve(name(cid)), "damaged");
        return cid;
    }

    @Test
    void inAPlaceThatOthersWriteToNothingIsRemoved() throws Exception {
        Path folder = directory.resolve("server");
        try (TestBucket bucket = TestBucket.embedded(folder)) {
            TestRepo.init(cli, bucket.spec("node1"));
            Cli.Result result = cli.run("repo", "verify", "--drop");
            assertEquals(1, result.exit());
            assertEquals("", result.out());
            assertTrue(result.firstErrorLine().contains("claim take"), result.err());
            assertEquals("verify complete, all blocks validated.", run("repo", "verify"));
            Cli.Result heal = cli.run("repo", "verify", "--heal");
            assertTrue(heal.firstErrorLine().contains("readBuckets"), heal.err());
        }
    }
}
