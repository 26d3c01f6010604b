package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a copy and a comparison cost in S3 requests, exactly. */
class CopyRequestsTest extends CountedRequests {
    private static final int BLOCKS = 7;

    @Test
    void eachMissingBlockIsOneGetAndOnePut() throws IOException {
        lay();
        place("copy", "from", "to");
        assertEquals(
                Map.of("list", 4L, "get", 7L, "put", 7L),
                requests(),
                "both places are listed, and for claims the target is looked at before, and before its first write");
        place("copy", "from", "to");
        assertEquals(Map.of("list", 3L), requests());
    }

    @Test
    void aDryRunAndAComparisonListBothPlaces() throws IOException {
        lay();
        place("copy", "from", "to", "--dry-run");
        assertEquals(Map.of("list", 3L), requests());
        place("diff", "from", "from/");
        assertEquals(Map.of("list", 2L), requests());
    }

    private void lay() throws IOException {
        Files.createDirectory(server.folder().resolve(bucket).resolve("from"));
        layBlocks("from", BLOCKS);
    }

    private void place(String command, String from, String to, String... more) {
        List<String> words =
                new ArrayList<>(List.of(command, "s3://" + bucket + "/" + from, "s3://" + bucket + "/" + to));
        words.addAll(List.of(more));
        run(server.reaching(words.toArray(String[]::new)));
    }
}
