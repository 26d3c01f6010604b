package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.datastore.RequestGate;
import org.s3ds.node.Node;

/** What each command costs in S3 requests, exactly: they are what a bucket's owner pays for. */
class RequestsTest extends CountedRequests {
    private static final int POOL = 100;
    /**
     * Puts in flight before any answer has come; how long the way is, and so how many more are of use, is not known.
     */
    private static final int FIRST = 32;

    @Override
    void init(String endpoint, String rootDirectory, String... more) throws IOException {
        super.init(endpoint, rootDirectory, more);
        switchIndexOff();
    }

    /** These are the requests of who knows nothing; what an index spares, {@link IndexedRequestsTest} counts. */
    private void switchIndexOff() throws IOException {
        Path config = cli.repo().resolve("config");
        String text = Files.readString(config);
        Files.writeString(config, text.replace("\"type\": \"s3ds\"", "\"index\": false, \"type\": \"s3ds\""));
    }

    @Test
    void addingAFileIsOnePutOfEachDistinctBlock() throws Exception {
        init();
        byte[] content = new byte[5 * 262_144];
        new Random(1).nextBytes(content);
        System.arraycopy(content, 0, content, 2 * 262_144, 262_144);
        System.arraycopy(content, 0, content, 3 * 262_144, 262_144);
        Files.write(directory.resolve("file"), content);
        long there = objects();
        String cid = run("add", "-Q", "file");
        assertEquals(claimed(Map.of("put", 4L)), requests(), "three distinct chunks and the root");
        assertEquals(4, objects() - there);
        run("cat", cid);
        assertArrayEquals(content, cli.lastOutput());
        assertEquals(Map.of("get", 4L), requests());
    }

    @Test
    void aFileOfSeveralLevelsIsOneGetOfEachBlock() throws Exception {
        init();
        ByteBuffer content = ByteBuffer.allocate(1_000_000);
        for (int i = 0; i < content.capacity(); i += Integer.BYTES) {
            content.putInt(i, i);
        }
        Files.write(directory.resolve("file"), content.array());
        String cid = run("add", "-Q", "--chunker=size-1000", "file");
        long blocks = run("refs", "-r", "-u", cid).lines().count() + 1;
        requests();
        run("cat", cid);
        assertEquals(Map.of("get", blocks), requests());
    }

    @Test
    void addingItAgainCostsTheSameAndReadsNothing() throws Exception {
        init();
        Files.writeString(directory.resolve("file"), "hello");
        run("add", "file");
        requests();
        run("add", "file");
        assertEquals(claimed(Map.of("put", 1L)), requests());
        run("add", "-n", "file");
        assertEquals(Map.of(), requests());
    }

    @Test
    void aStretchIsReadFromTheBlocksItTouches() throws Exception {
        init();
        byte[] content = new byte[10 * 262_144];
        new Random(2).nextBytes(content);
        Files.write(directory.resolve("file"), content);
        String cid = run("add", "-Q", "file");
        requests();
        run("cat", "-o", "262144", "-l", "10", cid);
        assertEquals(Map.of("get", 2L), requests(), "the root and one leaf");
    }

    @Test
    void initProvesTheBucketAndClaimsIt() throws Exception {
        init(server.endpoint().toString(), "other", "--access", "shared");
        assertEquals(
                Map.of("list", 1L, "put", 1L),
                ofInit,
                "whose the place is, and the empty directory; the proof has a count of its own");
        cli = server.user(Files.createDirectory(directory.resolve("second"))).counting(metrics);
        init(server.endpoint().toString(), "fresh");
        assertEquals(
                Map.of("list", 1L, "get", 1L, "put", 3L),
                ofInit,
                "which claim counts, the claim, and another of its number, which must be refused");
    }

    @Test
    void aClaimIsShownTakenAndReleased() throws Exception {
        init();
        run("claim", "show");
        assertEquals(Map.of("list", 1L, "get", 1L), requests());
        run("claim", "take", "--yes");
        assertEquals(Map.of("list", 2L, "get", 3L, "put", 2L, "delete", 1L), requests());
        run("claim", "release", "--yes");
        assertEquals(Map.of("list", 1L, "get", 1L, "put", 1L, "delete", 1L), requests());
    }

    @Test
    void openingARepoCostsNothing() throws Exception {
        init();
        Node node = Node.open(cli.repo(), Stores.bundled(), metrics, Map.of());
        node.close();
        run("config", "show");
        run("repo", "version");
        assertEquals(Map.of(), requests());
    }

    @Test
    void aBlockThatIsThereIsOneRequestToPutToStatAndToGet() throws Exception {
        init();
        String cid = cli.pipe("hello".getBytes(StandardCharsets.UTF_8), "block", "put")
                .out()
                .strip();
        assertEquals(claimed(Map.of("put", 1L)), requests());
        run("block", "stat", cid);
        assertEquals(Map.of("head", 1L), requests());
        run("block", "get", cid);
        assertEquals(Map.of("get", 1L), requests());
    }

    @Test
    void aBlockThatIsMissingIsAHeadAndOnceTheProofThatTheBucketIsThere() throws Exception {
        init();
        String cid = missing(1).toString();
        assertEquals(1, cli.run("block", "stat", cid).exit());
        assertEquals(Map.of("head", 1L, "list", 1L), requests());
        try (Node node = Node.open(cli.repo(), Stores.bundled(), metrics, Map.of())) {
            assertTrue(node.blocks().size(missing(1)).isEmpty());
            assertTrue(node.blocks().size(missing(2)).isEmpty());
        }
        assertEquals(Map.of("head", 2L, "list", 1L), requests());
    }

    @Test
    void aPinReadsBlocksWithLinksAndAsksForTheOthers() throws Exception {
        init();
        byte[] content = new byte[3 * 262_144];
        new Random(3).nextBytes(content);
        Files.write(directory.resolve("file"), content);
        String cid = run("add", "-Q", "--raw-leaves", "--pin=false", "file");
        requests();
        run("pin", "add", cid);
        assertEquals(Map.of("get", 1L, "head", 3L), requests());
        content[0]++;
        Files.write(directory.resolve("file"), content);
        String changed = run("add", "-Q", "--raw-leaves", "--pin=false", "file");
        requests();
        run("pin", "update", cid, changed);
        assertEquals(Map.of("get", 2L, "head", 1L), requests(), "both roots, the changed leaf");
        run("pin", "ls", "--type=recursive", "--names");
        assertEquals(Map.of(), requests());
        run("block", "rm", cid);
        assertEquals(claimed(Map.of("get", 2L, "head", 1L, "delete", 1L)), requests(), "the pinned roots are read");
        run("pin", "rm", changed);
        assertEquals(Map.of(), requests());
    }

    @Test
    void filesAreOneGetOfEachBlockOnTheWayAndOnePutOfEachThatIsNew() throws Exception {
        init();
        String other = run("add", "-Q", "--pin=false", hello());
        run("files", "mkdir", "/docs");
        requests();
        assertCosts(2, 2, "files", "mkdir", "/docs/a"); // an empty directory was read on the way
        assertCosts(2, 3, "files", "mkdir", "/docs/b");
        assertCosts(2, 4, "files", "write", "-e", "/docs/f", hello());
        assertCosts(4, 4, "files", "write", "-o", "2", "-n", "3", "/docs/f", hello());
        assertCosts(3, 2, "files", "cp", "/ipfs/" + other, "/docs/c");
        assertCosts(2, 2, "files", "cp", "/docs/f", "/docs/copy");
        assertCosts(2, 2, "files", "mv", "/docs/copy", "/docs/d");
        assertCosts(2, 2, "files", "mv", "/docs/d", "/d");
        assertCosts(3, 3, "files", "chmod", "0644", "/docs/f");
        assertCosts(3, 2, "files", "rm", "/docs/f");
        assertCosts(2, 2, "files", "rm", "-r", "/docs/b");
        assertCosts(1, 2, "add", "-Q", "--pin=false", "--to-files=/added", hello());
        run("files", "ls", "/");
        assertEquals(Map.of("get", 1L), requests());
        run("files", "ls", "-l", "/docs");
        assertEquals(Map.of("get", 4L), requests(), "the two entries, too");
        run("files", "read", "/docs/c");
        assertEquals(Map.of("get", 3L), requests());
        run("files", "stat", "/d");
        assertEquals(Map.of("get", 2L), requests());
    }

    private String hello() throws IOException {
        return Files.writeString(directory.resolve("hello"), "hello").toString();
    }

    /** A change of the files in a session of its own, which claims the bucket. */
    private void assertCosts(long gets, long puts, String... words) {
        run(words);
        assertEquals(claimed(Map.of("get", gets, "put", puts)), requests(), String.join(" ", words));
    }

    @Test
    void aDagIsMeasuredAsItIsPinnedAndExportedByOneGetOfEachBlock() throws Exception {
        init();
        byte[] content = new byte[4 * 262_144];
        new Random(4).nextBytes(content);
        System.arraycopy(content, 0, content, 262_144, 262_144);
        Files.write(directory.resolve("file"), content);
        String cid = run("add", "-Q", "--raw-leaves", "file");
        requests();
        run("dag", "stat", "--progress=false", cid);
        assertEquals(Map.of("get", 1L, "head", 3L), requests());
        run("dag", "export", "--progress=false", cid);
        assertEquals(Map.of("get", 4L), requests(), "the root, and each distinct leaf");
        Files.write(directory.resolve("file.car"), cli.lastOutput());
        run("dag", "import", "file.car");
        assertEquals(
                claimed(Map.of("put", 4L, "get", 1L)), requests(), "each block, and the root, whose links are read");
        run("dag", "import", "--pin-roots=false", "file.car");
        assertEquals(claimed(Map.of("put", 4L)), requests());
    }

    @ParameterizedTest
    @CsvSource({"'', 2345", "node1, 2345", "'', 1998", "node1, 1998", "'', 0"})
    void allBlocksAreListedAThousandToARequest(String rootDirectory, int others) throws Exception {
        init(server.endpoint().toString(), rootDirectory);
        int blocks = layBlocks(rootDirectory, others);
        int objects = blocks + 1; // with the claim, which is listed with them
        Map<String, Long> listing = Map.of("list", (long) Math.ceilDiv(objects, 1000));
        assertEquals(blocks, run("refs", "local").lines().count());
        assertEquals(listing, requests());
        String numObjects = "NumObjects: " + blocks + "\n";
        assertTrue(run("repo", "stat").startsWith(numObjects));
        assertEquals(Map.of(), requests(), "they were listed");
        assertTrue(run("repo", "stat", "--fresh").startsWith(numObjects));
        assertEquals(listing, requests());
        assertEquals(blocks, run("repo", "ls", "--size").lines().count());
        assertEquals(listing, requests());
    }

    @Test
    void verifyingIsOneGetOfEachBlockAndOneListForEachThousand() throws Exception {
        init();
        int blocks = layBlocks("", 2_345);
        run("repo", "verify");
        assertEquals(Map.of("get", (long) blocks, "list", (long) Math.ceilDiv(blocks, 1000)), requests());
    }

    @Test
    void aDirectoryOfTenThousandFilesIsOnePutOfEachDistinctBlockWithManyInFlight() throws Exception {
        layFiles(Files.createDirectory(directory.resolve("many")), 10_000);
        try (RequestGate gate = new RequestGate(server.endpoint())) {
            init(gate.endpoint(), "", "--access", "shared");
            long there = objects();
            gate.holdAnswersUntil(FIRST, 1); // first of all it looks whose the place is
            String cid = run("add", "-r", "-Q", "many");
            assertEquals(Map.of("list", 1L, "put", objects() - there), requests());
            assertTrue(objects() - there > 10_000, "the files, and the shards of their directory");
            int most = gate.mostWaiting();
            assertTrue(most >= FIRST && most <= POOL, most + " requests at once");
            // init has a process of its own, and so two connections: for its proof and for its store
            assertTrue(gate.connections() <= POOL + 2, gate.connections() + " connections");
            assertEquals(
                    10_000,
                    run("ls", "--size=false", "--resolve-type=false", cid)
                            .lines()
                            .count());
        }
    }

    /** Files of 4 KiB, each of other content. */
    private static void layFiles(Path folder, int count) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(4096);
        for (int i = 0; i < count; i++) {
            Files.write(folder.resolve("file" + i), content.putInt(0, i).array());
        }
    }
}
