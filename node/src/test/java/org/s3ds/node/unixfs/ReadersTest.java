package org.s3ds.node.unixfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.PbNode;
import org.s3ds.ipld.unixfs.Entity;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.ipld.unixfs.UnixfsNode;
import org.s3ds.node.blocks.Collector;

class ReadersTest {
    private static final AddOptions V0 = AddOptions.defaults(CidFormat.V0);
    private static final AddOptions V1 = AddOptions.defaults(CidFormat.V1);

    @TempDir
    Path folder;

    private final MemoryNode node = new MemoryNode();

    @Test
    void aStretchOfAFileReadsOnlyTheBlocksItTouches() throws IOException {
        byte[] content = TreeVectors.stream("stretch", 1_000_000);
        Path file = Files.write(folder.resolve("f"), content);
        Cid root = add(V1, file);
        assertArrayEquals(Arrays.copyOfRange(content, 262_140, 262_150), read(root, 262_140, 10));
        assertEquals(3, node.calls("get"));
        assertArrayEquals(content, read(root, 0, Long.MAX_VALUE));
        assertEquals(3 + 5, node.calls("get"));
        assertArrayEquals(new byte[0], read(root, 1_000_000, 10));
    }

    @Test
    void aDirectoryIsNotReadAsAFile() throws IOException {
        Cid root = add(V0, Files.createDirectory(folder.resolve("d")));
        assertEquals(
                "this dag node is a directory",
                assertThrows(IOException.class, () -> read(root, 0, 1)).getMessage());
    }

    @Test
    void treesComeBackAsTheyWereWithOneReadForEachBlock() throws IOException {
        Path trees = Files.createDirectory(folder.resolve("trees"));
        TreeVectors.laySmall(trees);
        for (AddOptions options : List.of(V0, shardedEarly())) {
            MemoryNode fresh = new MemoryNode();
            Added root = fresh.add(options, new LocalInput(folder, hidden()).open("trees"))
                    .roots()
                    .getFirst();
            Path target = folder.resolve("back" + options.files().format().version());
            try (TreeReader reader = new TreeReader(fresh.blocks(), root.cid(), "trees")) {
                assertTrue(reader.root() instanceof Entity.Directory);
                reader.copyTo(new FolderSink(target));
            }
            assertEquals(tree(trees), tree(target));
            // equal blocks share a fetch when they come within the window, and are read again when not
            assertTrue(fresh.calls("get") <= fresh.calls("put") + 20, () -> "gets: " + fresh.calls("get"));
        }
    }

    @Test
    void aTreeGoesIntoAnArchive() throws IOException {
        Cid root = node.add(
                        V0,
                        MemoryNode.directory(
                                "t",
                                MemoryNode.directory("empty"),
                                MemoryNode.file("a", "abc"),
                                new InputNode.Symlink("l", Metadata.NONE, "a")))
                .roots()
                .getFirst()
                .cid();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarSink tar = new TarSink(bytes, Instant.ofEpochSecond(7));
        try (TreeReader reader = new TreeReader(node.blocks(), root, "name")) {
            reader.copyTo(tar);
            tar.end();
        }
        assertEquals(
                List.of(
                        new TarReader.Entry("name", '5', 0755, "7", "", ""),
                        new TarReader.Entry("name/a", '0', 0644, "7", "abc", ""),
                        new TarReader.Entry("name/empty", '5', 0755, "7", "", ""),
                        new TarReader.Entry("name/l", '2', 0777, "7", "", "a")),
                TarReader.read(new ByteArrayInputStream(bytes.toByteArray())));
    }

    @Test
    void aHostileNameEndsTheReadingBeforeAnythingIsWrittenOutside() throws IOException {
        for (String name : List.of("..", "a/b", "../../x", "")) {
            Cid root = directoryWith(name);
            try (TreeReader reader = new TreeReader(node.blocks(), root, "r")) {
                FolderSink sink = new FolderSink(folder.resolve("target"));
                assertThrows(IOException.class, () -> reader.copyTo(sink));
            }
            try (Stream<Path> files = Files.walk(folder)) {
                assertEquals(0, files.filter(Files::isRegularFile).count());
            }
        }
    }

    @Test
    void listingRawLeavesReadsTheDirectoryAlone() throws IOException {
        Cid root = node.add(V1, MemoryNode.directory("t", MemoryNode.file("a", "abc"), MemoryNode.file("b", "")))
                .roots()
                .getFirst()
                .cid();
        assertEquals(List.of("a 3", "b 0"), list(root, true));
        assertEquals(1, node.calls("get"));
    }

    @Test
    void listingReadsTheChildrenThatAreNotRawOnlyWhenTypesAreWanted() throws IOException {
        Cid root = node.add(
                        V0,
                        MemoryNode.directory(
                                "t",
                                MemoryNode.file("a", "abc"),
                                MemoryNode.directory("d"),
                                new InputNode.Symlink("l", Metadata.NONE, "target")))
                .roots()
                .getFirst()
                .cid();
        assertEquals(List.of("a 0", "d 0", "l 0"), list(root, false));
        assertEquals(1, node.calls("get"));
        assertEquals(List.of("a 3", "d 0", "l 6"), list(root, true));
        assertEquals(1 + 4, node.calls("get"));
    }

    @Test
    void aShardedDirectoryIsListedWhole() throws IOException {
        InputNode[] files = new InputNode[300];
        Arrays.setAll(files, i -> MemoryNode.file("f" + i, "x"));
        AddResult result = node.add(shardedEarly(), MemoryNode.directory("t", files));
        List<String> names = new ArrayList<>();
        Arrays.stream(files).forEach(file -> names.add(file.name() + " 1"));
        assertEquals(
                names.stream().sorted().toList(),
                list(result.roots().getFirst().cid(), true).stream().sorted().toList());
        assertEquals(result.blocks() - 1, node.calls("get"));
    }

    @Test
    void referencesComeEachBeforeThoseBelowItAndRawBlocksAreNotRead() throws IOException {
        byte[] content = TreeVectors.stream("refs", 600_000);
        Files.createDirectory(folder.resolve("t"));
        Files.write(folder.resolve("t/big"), content);
        Files.writeString(folder.resolve("t/small"), "x");
        Cid root = add(V1, folder.resolve("t"));
        assertEquals(List.of("big", "", "", "", "small"), references(root, false, References.UNLIMITED));
        assertEquals(2, node.calls("get"));
        assertEquals(List.of("big", "small"), references(root, false, 1));
        assertEquals(List.of(), references(root, false, 0));
    }

    @Test
    void uniqueReferencesAreToldOnce() throws IOException {
        Cid root = node.add(
                        V0,
                        MemoryNode.directory(
                                "t",
                                MemoryNode.directory("a", MemoryNode.file("x", "x")),
                                MemoryNode.directory("b", MemoryNode.file("x", "x")),
                                MemoryNode.file("c", "x")))
                .roots()
                .getFirst()
                .cid();
        assertEquals(List.of("a", "x", "b", "x", "c"), references(root, false, References.UNLIMITED));
        assertEquals(List.of("a", "x"), references(root, true, References.UNLIMITED));
    }

    @Test
    void aMissingBlockFailsAtItsTurn() throws IOException {
        Cid root = node.add(V0, MemoryNode.directory("t", MemoryNode.file("a", "a"), MemoryNode.file("b", "b")))
                .roots()
                .getFirst()
                .cid();
        try (Collector collector = node.blocks().collect()) {
            collector.remove(List.of(node.added().get(1).cid().hash()));
        }
        try (TreeReader reader = new TreeReader(node.blocks(), root, "r")) {
            FolderSink sink = new FolderSink(folder.resolve("target"));
            assertThrows(MissingBlockException.class, () -> reader.copyTo(sink));
        }
        assertEquals("a", Files.readString(folder.resolve("target/a")));
    }

    /** CIDv1, directories above 10 entries sharded into 8 slots. */
    private static AddOptions shardedEarly() throws IOException {
        ImportChoice small = new ImportChoice(
                Optional.of(1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(10),
                Optional.of(8),
                Optional.empty(),
                Optional.empty());
        return new AddOptions(
                V1.files(), small.directories(OptionalInt.empty()), MetadataRule.NONE, false, true, false, true, "");
    }

    private static LocalOptions hidden() {
        return new LocalOptions(true, true, IgnoreRules.NONE, false, false);
    }

    private Cid add(AddOptions options, Path path) throws IOException {
        return node.add(options, new LocalInput(folder, hidden()).open(path.toString()))
                .roots()
                .getFirst()
                .cid();
    }

    private byte[] read(Cid root, long offset, long length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FileReader reader = new FileReader(node.blocks(), root, offset, length)) {
            reader.copyTo(out);
        }
        return out.toByteArray();
    }

    private List<String> list(Cid root, boolean resolve) throws IOException {
        List<String> listed = new ArrayList<>();
        try (Lister lister = new Lister(node.blocks(), root, resolve)) {
            for (Optional<Listed> one = lister.next(); one.isPresent(); one = lister.next()) {
                listed.add(one.get().name() + " " + one.get().size());
            }
        }
        return listed;
    }

    private List<String> references(Cid root, boolean unique, int maxDepth) throws IOException {
        List<String> names = new ArrayList<>();
        new References(node.blocks(), unique, maxDepth, (from, link) -> names.add(link.name())).list(root);
        return names;
    }

    /** A directory's block with any name in it, as a stranger could make it. */
    private Cid directoryWith(String name) throws IOException {
        Block file = Block.hash(CidFormat.V1.withCodec(0x55), "evil".getBytes(StandardCharsets.UTF_8));
        byte[] data = UnixfsNode.directory(Metadata.NONE).encode();
        Block directory = Block.hash(
                CidFormat.V1,
                PbNode.of(List.of(new Link(name, file.cid(), 4)), data).encode());
        node.blocks().put(file);
        node.blocks().put(directory);
        return directory.cid();
    }

    private static List<String> tree(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted().toList()) {
                String what = Files.isSymbolicLink(path)
                        ? "-> " + Files.readSymbolicLink(path)
                        : Files.isDirectory(path) ? "/" : Integer.toString(Arrays.hashCode(Files.readAllBytes(path)));
                lines.add(root.relativize(path) + " " + what);
            }
        }
        return lines;
    }
}
