package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.datastore.Metrics;
import org.s3ds.ipld.Cid;
import org.s3ds.node.Node;

/** What the collection of 100,000 blocks costs, half of them garbage. */
class LargeGcTest {
    private static final int HALF = 50_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "node1"})
    void aBulkDeleteForEachThousandAndAGetForEachNodeAndNoListing(String rootDirectory) throws Exception {
        Cli cli = new Cli(directory);
        try (SyntheticBucket bucket = new SyntheticBucket()) {
            TestRepo.init(cli, spec(bucket, rootDirectory));
            ManyBlocks blocks = new ManyBlocks(bucket, rootDirectory);
            blocks.garbage(HALF);
            pin(cli, blocks.dag(HALF - 1)); // with the empty directory of init
            bucket.requests();
            assertEquals(0, cli.run("index", "rebuild").exit());
            long lists = bucket.requests().getOrDefault("list", 0L);
            // a few more where this machine is so busy that the server seems far, and is listed by ranges
            assertTrue(lists >= 2 * HALF / 1000 && lists <= 2 * HALF / 1000 + 40, lists + " pages");
            int before = bucket.size();
            Cli.Result result = cli.run("repo", "gc", "--json");
            assertEquals("", result.err());
            assertEquals(0, result.exit());
            Map<String, Long> requests = bucket.requests();
            assertEquals(HALF / 1000L, requests.get("delete_objects"));
            assertEquals(blocks.nodes() + 1L, requests.get("get"));
            requests.remove("claim");
            assertEquals(2, requests.size(), requests::toString);
            assertTrue(before - bucket.size() >= HALF && bucket.size() <= HALF + 1, "a claim may be there");
            assertTrue(
                    result.out().contains("\"Marked\":50000,\"Read\":" + (blocks.nodes() + 1) + ",\"Listed\":100000,"),
                    result.out());
        }
    }

    static Map<String, Object> spec(SyntheticBucket bucket, String rootDirectory) {
        return Map.of(
                "type",
                "s3ds",
                "access",
                "exclusive",
                "region",
                "us-east-1",
                "bucket",
                SyntheticBucket.NAME,
                "rootDirectory",
                rootDirectory,
                "regionEndpoint",
                bucket.endpoint().toString(),
                "accessKey",
                "key",
                "secretKey",
                "secret");
    }

    static void pin(Cli cli, Cid root) throws IOException {
        try (Node node = Node.open(cli.repo(), Stores.bundled(), Metrics.none(), Map.of())) {
            node.pins().addRecursive(root, "all");
        }
    }
}
