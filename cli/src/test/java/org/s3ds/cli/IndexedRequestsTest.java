package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.Multibase;
import org.s3ds.node.Node;

/** What commands cost when the repo knows what is in its bucket: beside these there is nothing to pay. */
class IndexedRequestsTest extends CountedRequests {
    /** Whether the claim under which the index was written counts still, once in a session that does not write. */
    private static final Map<String, Long> CLAIM_ASKED = Map.of("get", 2L);

    private static final int MANY = 2_345;

    private Path file(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return Files.write(directory.resolve("file" + size), content);
    }

    /** A repo whose bucket was listed for its index. */
    private void initAndLoad() throws IOException {
        init();
        run("index", "rebuild");
        requests();
    }

    @Test
    void theFirstWriteListsThePlaceAndAFileAddedAgainIsNotSent() throws Exception {
        init();
        String file = file(3 * 262_144).toString();
        run("add", file);
        assertEquals(claimed(Map.of("put", 4L, "list", 1L)), requests(), "the blocks, and one page for the index");
        run("add", file);
        assertEquals(claimed(Map.of()), requests());
    }

    @Test
    void whatIsThereAndWhatIsNotIsKnown() throws Exception {
        initAndLoad();
        String cid = cli.pipe("hello".getBytes(StandardCharsets.UTF_8), "block", "put")
                .out()
                .strip();
        requests();
        run("block", "stat", cid);
        assertEquals(CLAIM_ASKED, requests());
        assertEquals(1, cli.run("block", "stat", missing(1).toString()).exit());
        assertEquals(CLAIM_ASKED, requests());
        try (Node node = Node.open(cli.repo(), Stores.bundled(), metrics, Map.of())) {
            for (int i = 0; i < 1_000; i++) {
                assertEquals(false, node.blocks().has(missing(i)));
            }
        }
        assertEquals(CLAIM_ASKED, requests());
    }

    @Test
    void allBlocksAreListedOnceInTheLifeOfARepo() throws Exception {
        init();
        int blocks = layBlocks("", MANY);
        assertEquals(blocks, run("refs", "local").lines().count());
        assertEquals(Map.of("get", 2L, "list", 3L), requests());
        assertEquals(blocks, run("refs", "local").lines().count());
        assertEquals(CLAIM_ASKED, requests());
        assertTrue(run("repo", "stat").startsWith("NumObjects: " + blocks + "\n"));
        assertEquals(Map.of(), requests());
        assertEquals(blocks, run("repo", "ls", "--size").lines().count());
        assertEquals(CLAIM_ASKED, requests());
    }

    @Test
    void aPinReadsBlocksWithLinksAlone() throws Exception {
        initAndLoad();
        String cid = run("add", "-Q", "--pin=false", file(3 * 262_144).toString());
        requests();
        run("pin", "add", cid);
        assertEquals(Map.of("get", 3L), requests(), "the claim, and the root: its leaves, of dag-pb, are known");
    }

    @Test
    void garbageIsRemovedAThousandAtATimeAndNothingIsListed() throws Exception {
        init();
        int blocks = layBlocks("", MANY);
        run("index", "rebuild");
        run("add", "-Q", file(3 * 262_144).toString());
        requests();
        String removed = run("repo", "gc", "-q");
        assertEquals(blocks - 1, removed.lines().count(), "all but the empty directory");
        Map<String, Long> spent = requests();
        // besides what a claim costs: 3 bulk deletes, and GETs of the roots of the file and of the files
        assertEquals(3L, spent.get("delete_objects"), spent.toString());
        assertEquals(1L, spent.get("put"), spent.toString());
        assertTrue(run("repo", "stat").startsWith("NumObjects: 5\n"));
        assertEquals(Map.of(), requests());
    }

    @Test
    void aBlockThatVanishedIsNamedAndSentAgain() throws Exception {
        initAndLoad();
        byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
        String cid = cli.pipe(hello, "block", "put").out().strip();
        String name = Multibase.BASE32_UPPER
                .encode(org.s3ds.ipld.Cid.parse(cid).hash().toBytes())
                .substring(1);
        Files.delete(server.folder().resolve(bucket).resolve(name));
        Cli.Result gone = cli.run("block", "get", cid);
        assertEquals(1, gone.exit());
        assertTrue(gone.err().contains("the object " + bucket + "/" + name + " vanished from the bucket"), gone.err());
        requests();
        assertEquals(1, cli.run("block", "stat", cid).exit());
        assertEquals(CLAIM_ASKED, requests());
        assertEquals(cid, cli.pipe(hello, "block", "put").out().strip());
        assertEquals(claimed(Map.of("put", 1L)), requests());
        assertEquals("hello", run("block", "get", cid));
    }
}
