package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.ipld.Cid;
import org.s3ds.node.Node;
import org.s3ds.node.blocks.Collector;

/** What the commands about pins print, and what they refuse; what Kubo was seen to print is in CliExchangesTest. */
class PinCommandsTest {
    private static final String EMPTY = "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn";
    private static final String MISSING = "block was not found locally (offline): ipld: could not find ";

    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));
    private String tree = "";
    private String a = "";
    private String b = "";

    @BeforeEach
    void begin() throws Exception {
        cli = new Cli(directory);
        TestRepo.init(
                cli,
                Map.of(
                        "type",
                        "flatfs",
                        "path",
                        "blocks",
                        "sync",
                        true,
                        "shardFunc",
                        "/repo/flatfs/shard/v1/suffix/2"));
        Path folder = Files.createDirectory(directory.resolve("tree"));
        Files.writeString(folder.resolve("a"), "content of a");
        Files.writeString(folder.resolve("b"), "content of b");
        tree = run("add", "-r", "-Q", "--cid-version=1", "--pin=false", "tree").strip();
        a = run("add", "-Q", "--cid-version=1", "--pin=false", "tree/a").strip();
        b = run("add", "-Q", "--cid-version=1", "--pin=false", "tree/b").strip();
        run("pin", "rm", EMPTY);
    }

    private String run(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals("", result.err());
        assertEquals(0, result.exit());
        return result.out();
    }

    private void assertError(String sentence, String... words) {
        Cli.Result result = cli.run(words);
        assertEquals("Error: " + sentence, result.firstErrorLine());
        assertEquals("", result.out());
        assertEquals(1, result.exit());
    }

    @Test
    void add() throws Exception {
        assertEquals(
                "pinned " + tree + " recursively\npinned " + a + " recursively\n",
                run("pin", "add", tree, "/ipfs/" + tree + "/a"));
        assertEquals("{\"Pins\":[\"" + b + "\"]}\n", run("pin", "add", "--enc=json", "-r=false", b));
        Cli.Result piped = cli.pipe((a + "\n" + b + "\n").getBytes(StandardCharsets.UTF_8), "pin", "add", "-n", "two");
        assertEquals("pinned " + a + " recursively\npinned " + b + " recursively\n", piped.out());
        Cli.Result progress = cli.run("pin", "add", "--progress", tree);
        assertEquals("Fetched/Processed 3 nodes (118 B)\r", progress.err());
        assertEquals("pinned " + tree + " recursively\n", progress.out());
        assertError("pin: " + tree + " already pinned recursively", "pin", "add", "-r=false", tree);
        assertError("pin name is 256 bytes (max 255 bytes)", "pin", "add", "-n", "é".repeat(128), tree);
    }

    @Test
    void addOfWhatIsNotWhole() throws Exception {
        run("block", "rm", b);
        assertError("pin: " + MISSING + b + " (at " + tree + "/b)", "pin", "add", tree);
        assertError("pin: " + MISSING + b, "pin", "add", "-r=false", b);
        assertEquals("", run("pin", "ls"));
        assertEquals("{}\n", run("pin", "ls", "--enc=json"));
    }

    @Test
    void list() throws Exception {
        run("pin", "add", "--name=a tree", tree);
        run("pin", "add", "--name=an a", "-r=false", a);
        assertEquals(tree + " recursive\n" + a + " direct\n" + b + " indirect\n", run("pin", "ls"));
        assertEquals(tree + "\n" + a + "\n" + b + "\n", run("pin", "ls", "-q"));
        assertEquals(
                tree + " recursive a tree\n" + a + " direct an a\n" + b + " indirect\n", run("pin", "ls", "--names"));
        assertEquals(tree + " recursive a tree\n", run("pin", "ls", "--name=tree"));
        assertEquals(a + " direct\n", run("pin", "ls", "-t", "direct"));
        assertEquals(b + " indirect\n", run("pin", "ls", "-t", "indirect"));
        assertEquals(
                "{\"Keys\":{\"" + tree + "\":{\"Type\":\"recursive\",\"Name\":\"\"}}}\n",
                run("pin", "ls", "--type=recursive", "--enc=json"));
        assertEquals(
                "{\"Cid\":\"" + tree + "\",\"Name\":\"a tree\",\"Type\":\"recursive\"}\n{\"Cid\":\"" + a
                        + "\",\"Name\":\"an a\",\"Type\":\"direct\"}\n{\"Cid\":\"" + b + "\",\"Type\":\"indirect\"}\n",
                run("pin", "ls", "--names", "--stream", "--enc=json"));
        assertEquals(tree + " recursive\n" + a + " direct\n" + b + " indirect\n", run("pin", "ls", "--stream"));
    }

    @Test
    void listOfPaths() throws Exception {
        run("pin", "add", "--name=a tree", tree);
        assertEquals(
                b + " indirect through " + tree + "\n" + tree + " recursive a tree\n",
                run("pin", "ls", "--names", tree + "/b", tree));
        assertEquals(
                "{\"Keys\":{\"" + b + "\":{\"Type\":\"indirect through " + tree + "\",\"Name\":\"\"}}}\n",
                run("pin", "ls", "--enc=json", b));
        assertError("path '" + b + "' is not pinned", "pin", "ls", "--type=recursive", b);
        assertError("path '" + tree + "' is not pinned", "pin", "ls", "--type=indirect", tree);
        assertError("path '" + EMPTY + "' is not pinned", "pin", "ls", EMPTY);
    }

    @Test
    void remove() throws Exception {
        run("pin", "add", tree, a);
        assertEquals("unpinned " + tree + "\nunpinned " + a + "\n", run("pin", "rm", tree, a));
        run("pin", "add", tree);
        assertEquals("{\"Pins\":[\"" + tree + "\"]}\n", run("pin", "rm", "--enc=json", tree));
        assertError("not pinned or pinned indirectly", "pin", "rm", tree);
    }

    @Test
    void update() throws Exception {
        run("pin", "add", "--name=mine", a);
        assertEquals("updated " + a + " to " + tree + "\n", run("pin", "update", "--unpin=false", a, tree));
        assertEquals("{\"Pins\":[\"" + a + "\",\"" + b + "\"]}\n", run("pin", "update", "--enc=json", a, b));
        assertEquals(
                tree + " recursive mine\n" + b + " recursive mine\n",
                run("pin", "ls", "--names", "--type=recursive", tree, b));
        assertError("'from' cid was not recursively pinned already", "pin", "update", a, tree);
    }

    @Test
    void verify() throws Exception {
        run("pin", "add", tree, a);
        assertEquals("", run("pin", "verify"));
        deleteBehindItsBack(b);
        assertEquals(tree + " broken\n  " + b + ": " + MISSING + b + "\n", run("pin", "verify"));
        assertEquals(tree + "\n", run("pin", "verify", "-q"));
        assertEquals(
                "{\"Cid\":\"" + a + "\",\"Ok\":true}\n{\"Cid\":\"" + tree + "\",\"BadNodes\":[{\"Cid\":\"" + b
                        + "\",\"Err\":\"" + MISSING + b + "\"}]}\n",
                run("pin", "verify", "--verbose", "--enc=json"));
        assertError(
                "the --verbose and --quiet options can not be used at the same time",
                "pin",
                "verify",
                "-q",
                "--verbose");
    }

    private void deleteBehindItsBack(String cid) throws IOException {
        try (Node node = Node.open(cli.repo(), Stores.bundled(), Metrics.none(), Map.of());
                Collector collector = node.blocks().collect()) {
            collector.remove(List.of(Cid.parse(cid).hash()));
        }
    }

    @Test
    void whatWasPutRightIsToldOnce() throws Exception {
        run("pin", "add", tree);
        try (Node node = Node.open(cli.repo(), Stores.bundled(), Metrics.none(), Map.of())) {
            node.repo().datastore().put(Key.raw("/pins/state/dirty"), new byte[0]);
        }
        Cli.Result told = cli.run("pin", "ls", "--type=recursive");
        assertEquals(tree + " recursive\n", told.out());
        assertEquals(
                "Warning: the mark /pins/state/dirty of the pins was empty, which Kubo cannot read: their indexes were"
                        + " compared with the records (records: 1, put right: 0)\n",
                told.err());
        assertEquals(tree + " recursive\n", run("pin", "ls", "--type=recursive"));
    }

    @Test
    void progressIsCountedAsKuboWritesIt() {
        Map<Long, String> texts = Map.of(
                0L,
                "0 B",
                999L,
                "999 B",
                1_000L,
                "1.0 kB",
                12_345L,
                "12 kB",
                999_999L,
                "1000 kB",
                9_940_000L,
                "9.9 MB");
        texts.forEach((bytes, text) -> assertEquals(text, HumanSize.of(bytes)));
    }

    @Test
    void blocksAreRemoved() throws Exception {
        run("pin", "add", tree);
        Cli.Result refused = cli.run("block", "rm", "-q", tree + "/b", tree, EMPTY, EMPTY);
        assertEquals(
                "cannot remove " + b + ": pinned via " + tree + "\ncannot remove " + tree
                        + ": pinned: recursive\n"
                        + ("cannot remove " + EMPTY + ": it is the root of the files (MFS)\n").repeat(2)
                        + "Error: some blocks not removed\n",
                refused.err());
        assertEquals(1, refused.exit());
        assertEquals("", refused.out());
        run("pin", "rm", tree);
        assertEquals("removed " + b + "\n", run("block", "rm", b));
        assertEquals("removed " + b + "\n", run("block", "rm", "--force", b));
        assertEquals(
                "cannot remove " + b + ": ipld: could not find " + b + "\nError: some blocks not removed\n",
                cli.run("block", "rm", b).err());
    }
}
