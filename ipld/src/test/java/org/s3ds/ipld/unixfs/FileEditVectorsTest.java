package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.Link;
import tools.jackson.databind.JsonNode;

/** Files that Kubo 0.43.1 wrote to get the same CIDs and sizes here, change by change. */
final class FileEditVectorsTest {
    private final MemoryBlocks blocks = new MemoryBlocks();

    static Stream<JsonNode> cases() throws IOException {
        return Vectors.read("file-edits.json").get("cases").valueStream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void changesGiveTheCidsOfKubo(JsonNode vector) throws IOException {
        Chunking chunking = Chunking.parse(vector.get("chunker").asString());
        JsonNode start = vector.get("start");
        Link file = imported(start, chunking);
        assertEquals(start.get("cid").asString(), file.cid().toString());
        for (JsonNode step : vector.get("steps")) {
            file = changed(file, step, chunking);
            assertEquals(step.get("cid").asString(), file.cid().toString(), step.toString());
            assertEquals(step.get("cumulative").asLong(), file.size(), step.toString());
        }
    }

    private Link imported(JsonNode start, Chunking chunking) throws IOException {
        ImportOptions options = new ImportOptions(
                start.get("version").asInt() == 0 ? CidFormat.V0 : CidFormat.V1,
                start.get("raw").asBoolean(),
                chunking,
                start.get("trickle").asBoolean() ? Layout.TRICKLE : Layout.BALANCED,
                ImportOptions.DEFAULT_MAX_LINKS,
                OptionalInt.empty());
        return new FileImporter(options).importFile(content(start), Metadata.NONE, blocks);
    }

    private Link changed(Link file, JsonNode step, Chunking chunking) throws IOException {
        Optional<Boolean> raw = Optional.ofNullable(step.get("rawLeaves")).map(JsonNode::asBoolean);
        EditOptions options = new EditOptions(chunking, raw, InstantSource.system());
        FileEditor editor = new FileEditor(options, blocks, blocks);
        long offset = step.get("offset").asLong();
        return step.has("truncate")
                ? editor.rewrite(file.cid(), offset, content(step))
                : editor.write(file.cid(), offset, content(step));
    }

    private static ByteArrayInputStream content(JsonNode of) {
        return new ByteArrayInputStream(
                Content.stream(of.get("seed").asString(), of.get("size").asInt()));
    }
}
