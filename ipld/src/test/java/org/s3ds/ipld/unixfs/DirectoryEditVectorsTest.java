package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.Link;
import tools.jackson.databind.JsonNode;

/** Directories that Kubo 0.43.1 changed get the same CIDs and sizes here, entry by entry. */
final class DirectoryEditVectorsTest {
    private final MemoryBlocks blocks = new MemoryBlocks();

    static Stream<JsonNode> cases() throws IOException {
        return Vectors.read("directory-edits.json").get("cases").valueStream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void changesGiveTheCidsOfKubo(JsonNode vector) throws IOException {
        DirectoryOptions options = options(vector);
        Link directory = new DirectoryBuilder(options, Metadata.NONE).build(blocks);
        assertEquals(vector.get("start").asString(), directory.cid().toString());
        DirectoryEditor editor = new DirectoryEditor(options, blocks, blocks);
        for (JsonNode step : vector.get("steps")) {
            directory = step.has("remove")
                    ? editor.remove(directory.cid(), step.get("remove").asString())
                    : editor.put(directory.cid(), entry(step));
            assertEquals(step.get("cid").asString(), directory.cid().toString(), step.toString());
            assertEquals(step.get("cumulative").asLong(), directory.size(), step.toString());
        }
    }

    private static Link entry(JsonNode step) throws IOException {
        Cid target = Cid.parse(step.get("target").asString());
        return new Link(step.get("put").asString(), target, step.get("size").asLong());
    }

    private static DirectoryOptions options(JsonNode vector) {
        JsonNode config = vector.get("config");
        String threshold = config.get("UnixFSHAMTDirectorySizeThreshold").asString();
        return new DirectoryOptions(
                vector.get("start").asString().startsWith("Qm") ? CidFormat.V0 : CidFormat.V1,
                OptionalInt.empty(),
                Optional.ofNullable(config.get("UnixFSHAMTDirectorySizeEstimation"))
                        .map(name -> DirectoryOptions.Estimation.BLOCK)
                        .orElse(DirectoryOptions.Estimation.LINKS),
                Long.parseLong(threshold.substring(0, threshold.length() - 1)),
                0,
                config.get("UnixFSHAMTDirectoryMaxFanout").asInt());
    }
}
