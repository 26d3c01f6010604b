package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.s3ds.ipld.Link;
import tools.jackson.databind.JsonNode;

/** Trees as Kubo 0.42.0 adds them: the CIDs and lines of cid-vectors.json, and back. */
final class TreeVectorsTest {
    static Stream<JsonNode> vectors() throws IOException {
        return Vectors.read().get("treeVectors").valueStream();
    }

    @Test
    void vectorsAreAllThere() throws IOException {
        assertEquals(48, vectors().count());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void addsAsKuboDoesAndReadsBack(JsonNode vector) throws IOException {
        String name = vector.get("tree").asString();
        TreeImport.DirectoryItem tree = directory(name);
        MemoryBlocks blocks = new MemoryBlocks();
        AddOptions options = AddOptions.of(vector);
        TreeImport tested = new TreeImport(options, blocks);
        Link root = tested.add(name, tree);
        assertEquals(vector.get("cid").asString(), root.cid().toString());
        if (vector.has("added")) {
            assertEquals(added(vector.get("added")), tested.added());
        }
        assertReadsBack(options.wrap() ? blocks.list(root.cid()).getFirst() : root, tree, options, blocks);
        if (vector.has("blocks")) {
            assertEquals(vector.get("blocks").asInt(), blocks.distinctAsked().size());
            assertEquals(vector.get("dagSize").asLong(), blocks.sizeOfAsked());
        }
    }

    private static void assertReadsBack(
            Link directory, TreeImport.DirectoryItem tree, AddOptions options, MemoryBlocks blocks) throws IOException {
        Map<String, Link> links = new TreeMap<>();
        for (Link link : blocks.list(directory.cid())) {
            links.put(link.name(), link);
            if (links.size() % 50 == 1) {
                assertEquals(Optional.of(link), new DirectoryLookup(blocks).find(directory.cid(), link.name()));
            }
        }
        TreeMap<String, TreeImport.Item> expected = new TreeMap<>(tree.items());
        expected.keySet().removeIf(name -> !options.hidden() && name.startsWith("."));
        assertEquals(expected.keySet(), links.keySet());
        for (Map.Entry<String, TreeImport.Item> entry : expected.entrySet()) {
            Link link = Objects.requireNonNull(links.get(entry.getKey()));
            Entity entity = Entity.of(blocks.get(link.cid()));
            switch (entry.getValue()) {
                case TreeImport.FileItem(ByteBuffer content) ->
                    assertEquals(content, ByteBuffer.wrap(blocks.read(new FileWalk(link.cid()))));
                case TreeImport.LinkItem(String target) ->
                    assertEquals(new Entity.Symlink(target, Metadata.NONE), entity);
                case TreeImport.DirectoryItem below -> assertReadsBack(link, below, options, blocks);
            }
        }
    }

    private static List<TreeImport.Added> added(JsonNode lines) {
        return lines.valueStream()
                .map(line -> new TreeImport.Added(
                        line.get("cid").asString(), line.get("name").asString()))
                .toList();
    }

    private static TreeImport.DirectoryItem directory(String name) throws IOException {
        return switch (name) {
            case "wide-100" -> generated(100, i -> "f%03d".formatted(i));
            case "hamt-6000" -> generated(6000, i -> "some-longer-file-name-%05d.txt".formatted(i));
            default -> directory(Vectors.read().get("trees").get(name));
        };
    }

    private static TreeImport.DirectoryItem generated(int count, IntFunction<String> name) {
        TreeMap<String, TreeImport.Item> items = new TreeMap<>();
        IntStream.range(0, count).forEach(i -> items.put(name.apply(i), text(String.valueOf(i))));
        return new TreeImport.DirectoryItem(items);
    }

    private static TreeImport.DirectoryItem directory(JsonNode tree) {
        TreeMap<String, TreeImport.Item> items = new TreeMap<>();
        tree.propertyStream().forEach(item -> items.put(item.getKey(), item(item.getValue())));
        return new TreeImport.DirectoryItem(items);
    }

    private static TreeImport.Item item(JsonNode item) {
        if (item.has("dir")) {
            return directory(item.get("dir"));
        }
        if (item.has("link")) {
            return new TreeImport.LinkItem(item.get("link").asString());
        }
        return new TreeImport.FileItem(ByteBuffer.wrap(Content.of(item.get("file"))));
    }

    private static TreeImport.FileItem text(String text) {
        return new TreeImport.FileItem(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
