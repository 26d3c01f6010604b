package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code dag} with every option and mistake; texts and CIDs are those of Kubo 0.43.1 unless decision 9 says otherwise.
 */
class DagCommandsTest {
    private static final String PLAIN = "{\"b\":1,\"a\":[1,2,{}],\"e\":[]}";
    private static final String LINKED =
            "{\"b\":1,\"a\":[1,2,{\"x\":{\"/\":\"bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e\"}}],"
                    + "\"y\":{\"/\":{\"bytes\":\"aGk\"}}}";
    private static final String NODE = "bafyreiezkn2dur3yx2v5ni7bk2ztwofhqz7amfq74m7evlvofhg45w7yti";
    private static final String LEAF = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";
    private static final String EMPTY = "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn";

    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));

    @BeforeEach
    void begin() throws Exception {
        cli = new Cli(directory);
        assertEquals(0, cli.run("init", "--profile=flatfs").exit());
        Files.writeString(directory.resolve("plain"), PLAIN);
        Files.writeString(directory.resolve("linked"), LINKED);
    }

    private String out(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals("", result.err());
        assertEquals(0, result.exit());
        return result.out();
    }

    private String error(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals(1, result.exit(), result.out());
        return result.firstErrorLine();
    }

    private String putLinked() {
        return out("dag", "put", "linked").strip();
    }

    @ParameterizedTest
    @CsvSource({
        "dag-cbor,plain,bafyreighrof7uq3g3hwyutnxf4tzfmp4rrlsveaf63jsy4p2m3lc5fwazi",
        "dag-cbor,linked," + NODE,
        "dag-json,plain,baguqeeraencggzw5rbfw6bzvhqo6iyzyxp7rru4ioae5iv555sat6gqy6qdq",
        "dag-json,linked,baguqeerao5tx7xc54z776nx6xvpc2nehicb3gdox6v3fb2t4humnhzmlaifa",
        "0x71,linked," + NODE,
    })
    void whatIsPutHasKubosCid(String codec, String file, String cid) {
        assertEquals(cid + "\n", out("dag", "put", "--store-codec=" + codec, file));
    }

    @Test
    void ofJsonAndCborItHasWhenItsKeysAreInOrder() throws Exception {
        Files.writeString(directory.resolve("ordered"), "{\"a\":[1,2,{}],\"b\":1,\"e\":[]}");
        assertEquals(
                "bagaaieradrfzzixn37clij3tqfe2hjfkufo6fyqi4f3tc2nkluqwdsu2r6iq" + "\n",
                out("dag", "put", "--store-codec=json", "ordered"));
        assertEquals(
                "bafireighrof7uq3g3hwyutnxf4tzfmp4rrlsveaf63jsy4p2m3lc5fwazi" + "\n",
                out("dag", "put", "--store-codec=cbor", "ordered"));
    }

    @Test
    void aDagPbNodeIsPutAsDataAndLinks() throws Exception {
        Files.writeString(
                directory.resolve("pb"),
                "{\"Data\":{\"/\":{\"bytes\":\"CAE\"}},\"Links\":[{\"Hash\":{\"/\":\"Qmbvkmk9LFsGneteXk3G7YLqtLVME566ho6ibaQZZVHaC9\"},"
                        + "\"Name\":\"a.txt\",\"Tsize\":10}]}");
        String cid = out("dag", "put", "--store-codec=dag-pb", "pb");
        assertEquals("bafybeidqfrq6jypzafbpcjdfc3bwxdadcmsunprwjacp7dvfwzcy4fdbwi\n", cid);
        assertEquals(Files.readString(directory.resolve("pb")), out("dag", "get", cid.strip()));
    }

    @Test
    void otherHashesNameABlock() {
        assertEquals("bafyrcfcsywjasdcc4cl6qytlq3iynirt2de2y7y\n", out("dag", "put", "--hash=sha1", "plain"));
        assertEquals(
                "bafyr4ic5e4dv2d6jdajwvl4urt6igwnpd27ehs4cdjn2guqb5meon4zotm\n",
                out("dag", "put", "--hash=blake3", "plain"));
    }

    @Test
    void severalInputsAreOneBlockEachAndAPipeIsOne() {
        assertEquals(2, out("dag", "put", "plain", "linked").lines().count());
        Cli.Result piped = cli.pipe(LINKED.getBytes(StandardCharsets.UTF_8), "dag", "put", "--enc=json");
        assertEquals("{\"Cid\":{\"/\":\"" + NODE + "\"}}\n", piped.out());
    }

    @Test
    void whatIsPinnedStays() {
        String cid = out("dag", "put", "--pin", "plain").strip();
        assertTrue(out("pin", "ls", "--type=recursive").contains(cid));
        assertEquals(
                "Error: block was not found locally (offline): ipld: could not find " + LEAF + " (at " + NODE
                        + "/a/2/x)",
                error("dag", "put", "--pin", "linked"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--store-codec=json linked|cannot marshal IPLD links to this codec",
                "--store-codec=cbor linked|cannot Marshal ipld links to CBOR",
                "--store-codec=raw plain|raw holds bytes alone, and this is not bytes",
                "--store-codec=dag-pb plain|dag-pb cannot hold it: a node has no \"a\"",
                "--store-codec=libp2p-key plain|no encoder registered for multicodec code 114 (0x72): known are raw, dag-pb, dag-cbor, dag-json, cbor and json",
                "--input-codec=nonsense plain|unknown multicodec: \"nonsense\"",
                "--store-codec=nonsense plain|unknown multicodec: \"nonsense\"",
                "--hash=nonsense plain|unknown multicodec: \"nonsense\"",
                "--hash=murmur3-x64-64 plain|potentially insecure hash functions not allowed",
                "nowhere|lstat nowhere: no such file or directory",
                "repo|invalid path 'repo', argument 'object data' does not support directories",
            })
    void whatCannotBePutIsSaid(String words, String sentence) {
        String[] command = ("dag put " + words).split(" ");
        assertEquals("Error: " + sentence, error(command));
    }

    @Test
    void aBlockThatIsTooLargeIsRefusedUnlessAskedFor() throws Exception {
        Files.write(directory.resolve("large"), new byte[(2 << 20) + 1]);
        String[] put = {"dag", "put", "--input-codec=raw", "--store-codec=raw", "large"};
        assertTrue(error(put).startsWith("Error: produced block is over 2MiB"));
        String[] big = Arrays.copyOf(put, put.length + 1);
        big[put.length] = "--allow-big-block";
        assertEquals(0, cli.run(big).exit());
    }

    @Test
    void whatABlockSaysIsPrintedInAnyCodec() {
        String cid = putLinked();
        assertEquals(
                "{\"a\":[1,2,{\"x\":{\"/\":\"" + LEAF + "\"}}],\"b\":1,\"y\":{\"/\":{\"bytes\":\"aGk\"}}}",
                out("dag", "get", cid));
        assertEquals("2", out("dag", "get", cid + "/a/1"));
        out("dag", "get", "--output-codec=raw", cid + "/y");
        assertArrayEquals("hi".getBytes(StandardCharsets.UTF_8), cli.lastOutput());
        String plain = out("dag", "put", "plain").strip();
        assertEquals(
                "{\n\t\"a\": [\n\t\t1,\n\t\t2,\n\t\t{}\n\t],\n\t\"b\": 1,\n\t\"e\": []\n}\n",
                out("dag", "get", "--output-codec=json", plain));
        assertEquals("{\"/\":{\"bytes\":\"CAE\"}}", out("dag", "get", "/ipld/" + EMPTY + "/Data"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dag get $N/zz|no link named \"zz\" under $N",
                "dag get $N/zz/yy|no link named \"zz\" under $N",
                "dag get $N/a/7|no link named \"7\" under $N",
                "dag get $N/a/x|no link named \"x\" under $N",
                "dag get $N/b/yy|no link named \"yy\" under $N",
                "dag get $N/a/2/x|block was not found locally (offline): ipld: could not find " + LEAF,
                "dag get --output-codec=nonsense $N|unknown multicodec: \"nonsense\"",
                "dag get --output-codec=json $N|cannot marshal IPLD links to this codec",
                "dag get /ipfs/" + EMPTY + "/Data|no link named \"Data\" under " + EMPTY,
                "dag resolve $N/a/7|no link named \"7\" under $N",
                "dag stat $N/a|cannot return size for anything other than a DAG with a root CID",
                "dag stat $N|error traversing DAG: block was not found locally (offline): ipld: could not find " + LEAF,
                "dag export $N/a|the path leads to \"a\" within block $N, and not to a block of its own",
                "block stat $N/a|the path leads to \"a\" within block $N, and not to a block of its own",
            })
    void aPathThatLeadsNowhereIsSaid(String words, String sentence) {
        putLinked();
        assertEquals(
                "Error: " + sentence.replace("$N", NODE),
                error(words.replace("$N", NODE).split(" ")));
    }

    @Test
    void aPathIsResolvedToItsLastBlockInItsOwnBase() {
        String cid = putLinked();
        assertEquals(LEAF, out("dag", "resolve", cid + "/a/2/x"));
        assertEquals(cid + "/a/1", out("dag", "resolve", cid + "/a/1"));
        assertEquals(
                "{\"Cid\":{\"/\":\"" + cid + "\"},\"RemPath\":\"/a/1\"}\n",
                out("dag", "resolve", "--enc=json", cid + "/a/1"));
        String base36 = out("cid", "format", "-b", "base36", cid).strip();
        assertEquals(base36, out("dag", "resolve", base36));
        assertEquals(cid, out("dag", "resolve", "--cid-base=base32", base36));
        assertEquals(EMPTY, out("dag", "resolve", "/ipfs/" + EMPTY));
    }

    @Test
    void whatSeveralDagsShareIsCountedOnce() throws Exception {
        Files.createDirectories(directory.resolve("one"));
        Files.createDirectories(directory.resolve("two"));
        Files.writeString(directory.resolve("one/shared"), "shared");
        Files.writeString(directory.resolve("two/shared"), "shared");
        Files.writeString(directory.resolve("two/more"), "more");
        String one = out("add", "-rQ", "one").strip();
        String two = out("add", "-rQ", "two").strip();
        String text = out("dag", "stat", one, two);
        assertTrue(
                text.contains(
                        "\nSummary\nTotal Size: 176 (176 B)\nUnique Blocks: 4\nShared Size: 14 (14 B)\nRatio: 1.079545\n\n\n"),
                text);
        assertTrue(text.contains("\n%s\t2              \t66\n".formatted(one)), text);
        assertTrue(text.contains("\n%s\t3              \t124\n".formatted(two)), text);
        assertEquals(
                "{\"UniqueBlocks\":2,\"TotalSize\":66,\"Ratio\":1,\"DagStats\":[{\"Cid\":\"%s\",\"Size\":66,\"NumBlocks\":2}]}\n"
                        .formatted(one),
                out("dag", "stat", "--enc=json", "--progress=false", one));
    }

    private String car() throws Exception {
        Files.createDirectories(directory.resolve("tree"));
        Files.writeString(directory.resolve("tree/a"), "a");
        Files.writeString(directory.resolve("tree/b"), "b");
        String root = out("add", "-rQ", "--cid-version=1", "tree").strip();
        out("dag", "export", root);
        Files.write(directory.resolve("tree.car"), cli.lastOutput());
        out("pin", "rm", root);
        out("repo", "gc");
        return root;
    }

    @Test
    void whatIsExportedIsImportedAgain() throws Exception {
        String root = car();
        assertEquals(
                "Pinned root\t%s\tsuccess\nImported 3 blocks (96 bytes)\n".formatted(root),
                out("dag", "import", "--stats", "tree.car"));
        assertEquals("b", out("cat", root + "/b"));
        assertEquals(root + " recursive\n", out("pin", "ls", "--type=recursive", root));
        assertEquals(
                "{\"Root\":{\"Cid\":{\"/\":\"%s\"},\"PinErrorMsg\":\"\"}}\n{\"Stats\":{\"BlockCount\":3,\"BlockBytesCount\":96}}\n"
                        .formatted(root),
                out("dag", "import", "--stats", "--enc=json", "tree.car"));
        assertEquals(
                "",
                out(
                        "dag",
                        "import",
                        "--stats",
                        "--silent",
                        "--fast-provide-root=false",
                        "--fast-provide-wait",
                        "tree.car"));
    }

    @Test
    void aPipeIsImportedAndWithoutPinsNothingIsPinned() throws Exception {
        String root = car();
        byte[] bytes = Files.readAllBytes(directory.resolve("tree.car"));
        assertEquals("", cli.pipe(bytes, "dag", "import", "--pin-roots=false").out());
        assertEquals("", out("dag", "import", "--local-only", "tree.car"));
        assertTrue(error("pin", "ls", root).endsWith("is not pinned"));
        assertEquals("a", out("cat", root + "/a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--local-only --pin-roots tree.car|--local-only implies --pin-roots=false and cannot be combined with --pin-roots=true; please drop one of them",
                "nothing|import failed: it is empty: a CAR begins with a header (no block was stored; nothing was pinned)",
                "plain|import failed: unexpected EOF: the CAR ends within the header at byte 0, after 27 bytes (no block was stored; nothing was pinned)",
                "repo|invalid path 'repo', argument 'path' does not support directories",
                "nowhere|lstat nowhere: no such file or directory",
            })
    void whatIsNoCarIsSaid(String words, String sentence) throws Exception {
        car();
        Files.write(directory.resolve("nothing"), new byte[0]);
        assertEquals("Error: " + sentence, error(("dag import " + words).split(" ")));
    }

    @Test
    void aCutCarKeepsWhatCameWhole() throws Exception {
        String root = car();
        byte[] bytes = Files.readAllBytes(directory.resolve("tree.car"));
        Files.write(directory.resolve("cut.car"), Arrays.copyOf(bytes, bytes.length - 1));
        String sentence = error("dag", "import", "--stats", "cut.car");
        assertTrue(sentence.startsWith("Error: import failed after block \"bafkrei"), sentence);
        assertTrue(sentence.endsWith("(the blocks before it, 2, are stored; nothing was pinned)"), sentence);
        assertEquals("a", out("cat", root + "/a"));
    }

    @Test
    void eachRootThatIsNotWholeIsSaid() throws Exception {
        String node = putLinked();
        cli.run("dag", "export", node);
        Files.write(directory.resolve("part.car"), cli.lastOutput());
        String failed = "pinning root \"%s\" FAILED: block was not found locally (offline): ipld: could not find %s"
                .formatted(node, LEAF);
        String sentence = error("dag", "import", "part.car");
        assertTrue(sentence.startsWith("Error: " + failed), sentence);
        Cli.Result json = cli.run("dag", "import", "--enc=json", "part.car");
        assertTrue(json.out().contains("\"PinErrorMsg\":\"block was not found"), json.out());
        assertEquals(1, json.exit());
    }

    @Test
    void aMissingBlockEndsAnExport() {
        String node = putLinked();
        assertEquals(
                "Error: block was not found locally (offline): ipld: could not find %s (the CAR is not whole: it ends after 1 blocks)"
                        .formatted(LEAF),
                error("dag", "export", node));
        Cli.Result partial = cli.run("dag", "export", "--local-only", node);
        assertEquals(0, partial.exit());
        assertEquals(
                "Warning: the CAR is partial: 1 blocks that it should have are not there, or corrupt\n", partial.err());
    }
}
