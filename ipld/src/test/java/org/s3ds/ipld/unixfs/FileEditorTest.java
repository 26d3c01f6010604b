package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;

/** Files changed in place read as an array of bytes that had the same changes. CIDs are held by recordings of Kubo. */
final class FileEditorTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000, 7);
    private static final Metadata OLD = new Metadata(OptionalInt.of(0640), Optional.of(new Mtime(1_600_000_000, 0)));

    private final MemoryBlocks blocks = new MemoryBlocks();

    static Stream<ImportOptions> imports() {
        CidFormat blake = new CidFormat(
                1, Multicodec.DAG_PB, HashFunction.byName("blake3").orElseThrow());
        Chunking chunks = new Chunking.Fixed(100);
        return Stream.of(
                ImportOptions.defaults(CidFormat.V0),
                ImportOptions.defaults(CidFormat.V1),
                new ImportOptions(CidFormat.V0, false, chunks, Layout.BALANCED, 3, OptionalInt.empty()),
                new ImportOptions(CidFormat.V1, true, chunks, Layout.BALANCED, 1024, OptionalInt.empty()),
                new ImportOptions(CidFormat.V0, false, chunks, Layout.BALANCED, 1024, OptionalInt.empty()),
                new ImportOptions(blake, false, chunks, Layout.TRICKLE, 4, OptionalInt.empty()),
                new ImportOptions(CidFormat.V1, true, chunks, Layout.TRICKLE, 174, OptionalInt.of(128)));
    }

    @ParameterizedTest
    @MethodSource("imports")
    void randomChangesGiveTheBytesOfTheModel(ImportOptions imports) throws IOException {
        long seed = System.nanoTime();
        System.out.println("changes of " + imports + ": seed " + seed);
        Random random = new Random(seed);
        byte[] model = bytes(random, random.nextInt(40_000));
        Cid file = new FileImporter(imports)
                .importFile(in(model), Metadata.NONE, blocks)
                .cid();
        for (int i = 0; i < 60; i++) {
            Optional<Boolean> raw = List.of(Optional.<Boolean>empty(), Optional.of(true), Optional.of(false))
                    .get(random.nextInt(3));
            List<Block> made = new ArrayList<>();
            EditOptions options = new EditOptions(new Chunking.Fixed(100), raw, () -> NOW);
            FileEditor editor = new FileEditor(options, blocks, made::add);
            int offset = random.nextInt(model.length + 100 + random.nextInt(3) * 5000);
            byte[] content = bytes(random, random.nextInt(3) * random.nextInt(10_000));
            Link changed;
            if (random.nextInt(4) == 0) {
                model = Arrays.copyOf(model, offset);
                changed = editor.truncate(file, offset);
            } else if (random.nextInt(20) == 0) {
                model = patched(new byte[0], offset, content);
                changed = editor.rewrite(file, offset, in(content));
            } else {
                model = patched(model, offset, content);
                changed = editor.write(file, offset, in(content));
            }
            made.forEach(blocks::put); // not before: a sink may be late
            file = changed.cid();
            assertArrayEquals(model, blocks.read(new FileWalk(file)), "seed " + seed + ", change " + i);
            assertEquals(Entity.of(blocks.get(file)), sized(file, model.length), "seed " + seed + ", change " + i);
        }
    }

    @Test
    void onlyBlocksThatMustAreReadAndWritten() throws IOException {
        byte[] content = Content.stream("many blocks", 60 * 262_144);
        ImportOptions options =
                new ImportOptions(CidFormat.V1, true, Chunking.DEFAULT, Layout.BALANCED, 8, OptionalInt.empty());
        Cid file = new FileImporter(options)
                .importFile(in(content), Metadata.NONE, blocks)
                .cid();
        Set<Cid> before = blocks.stored();
        Cid changed =
                plain().write(file, 30 * 262_144 - 1, in(new byte[] {1, 2})).cid();
        assertEquals(2 + 1 + 1, blocks.asked().size());
        assertEquals(2 + 1 + 1, added(before).size());
        assertTrue(added(before).contains(changed));
    }

    @Test
    void longStretchOfZerosIsOneLeaf() throws IOException {
        Cid file = new FileImporter(ImportOptions.defaults(CidFormat.V1))
                .importFile(in(new byte[] {1}), Metadata.NONE, blocks)
                .cid();
        Set<Cid> before = blocks.stored();
        plain().truncate(file, 1 + 100 * 4096);
        assertEquals(2, added(before).size());
    }

    @Test
    void fileInOneNodeBecomesALeafWhenItGrows() throws IOException {
        Cid file = new FileImporter(ImportOptions.defaults(CidFormat.V0))
                .importFile(in("hello".getBytes(StandardCharsets.UTF_8)), Metadata.NONE, blocks)
                .cid();
        Cid longer = plain().write(file, 5, in(new byte[] {'!'})).cid();
        UnixfsBlock root = UnixfsBlock.of(blocks.get(longer));
        assertEquals(Optional.empty(), root.node().data());
        assertEquals(2, root.links().size());
    }

    @Test
    void modificationTimeIsRenewedWhereKuboDoes() throws IOException {
        ImportOptions small = new ImportOptions(
                CidFormat.V0, false, new Chunking.Fixed(10), Layout.BALANCED, 174, OptionalInt.empty());
        Metadata renewed = new Metadata(OLD.mode(), Optional.of(Mtime.of(NOW)));
        FileImporter importer = new FileImporter(small);
        Cid one = importer.importFile(in(new byte[8]), OLD, blocks).cid();
        Cid many = importer.importFile(in(new byte[80]), OLD, blocks).cid();
        FileEditor editor = plain();
        assertEquals(renewed, metadata(editor.write(one, 0, in(new byte[] {1}))));
        assertEquals(renewed, metadata(editor.write(one, 8, in(new byte[] {1}))));
        assertEquals(renewed, metadata(editor.truncate(one, 3)));
        assertEquals(OLD, metadata(editor.write(many, 0, in(new byte[] {1}))));
        assertEquals(renewed, metadata(editor.write(many, 80, in(new byte[] {1}))));
        assertEquals(OLD, metadata(editor.truncate(many, 3)));
        assertEquals(OLD, metadata(editor.write(many, 0, in(new byte[0]))));
    }

    @Test
    void metadataGoesIntoTheRootAndContentStays() throws IOException {
        FileImporter importer = new FileImporter(ImportOptions.defaults(CidFormat.V1));
        Cid raw = importer.importFile(in(new byte[] {1, 2}), Metadata.NONE, blocks)
                .cid();
        Cid link = importer.importSymlink("target", Metadata.NONE, blocks).cid();
        Cid directory = new DirectoryBuilder(DirectoryOptions.defaults(CidFormat.V1), Metadata.NONE)
                .build(blocks)
                .cid();
        for (Cid cid : List.of(raw, link, directory)) {
            Link changed = plain().withMetadata(cid, OLD);
            assertEquals(OLD, metadata(changed));
            assertEquals(Metadata.NONE, metadata(plain().withMetadata(changed.cid(), Metadata.NONE)));
        }
        assertArrayEquals(
                new byte[] {1, 2},
                blocks.read(new FileWalk(plain().withMetadata(raw, OLD).cid())));
    }

    @Test
    void whatIsNoFileCannotBeWrittenTo() throws IOException {
        Cid link = new FileImporter(ImportOptions.defaults(CidFormat.V0))
                .importSymlink("target", Metadata.NONE, blocks)
                .cid();
        Cid directory = new DirectoryBuilder(DirectoryOptions.defaults(CidFormat.V1), Metadata.NONE)
                .build(blocks)
                .cid();
        assertRefused(link, "symlinks not yet supported");
        assertRefused(directory, "this dag node is a directory");
    }

    /** Each node is the last child of the next: of one, and of so many that the last is a subtree with others in it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 183})
    void chainOfNodesEndsAtTheLastLevelThatIsRead(int width) {
        Block empty = HostileBlocks.leaf("");
        Block node = HostileBlocks.leaf("x");
        blocks.put(empty);
        blocks.put(node);
        for (int i = 0; i < (width == 1 ? 100_000 : 200); i++) {
            List<Link> links = new ArrayList<>(Collections.nCopies(width - 1, HostileBlocks.link("", empty)));
            links.add(HostileBlocks.link("", node));
            long[] sizes = new long[width];
            sizes[width - 1] = 1;
            node = HostileBlocks.file(links, 1, sizes);
            blocks.put(node);
        }
        Cid root = node.cid();
        for (int offset : width == 1 ? List.of(0) : List.of(0, 1)) {
            var e = assertThrows(FormatException.class, () -> plain().write(root, offset, in(new byte[] {1})));
            assertTrue(e.toString().contains("is below level 100 of its file"), e.toString());
        }
        assertThrows(FormatException.class, () -> plain().truncate(root, 0));
    }

    @Test
    void fileCannotGrowBeyondWhatCanBeCounted() {
        Block claims = HostileBlocks.file(
                List.of(HostileBlocks.link("", HostileBlocks.leaf("x"))), Long.MAX_VALUE, Long.MAX_VALUE);
        blocks.put(claims);
        InputStream content = in(new byte[1]);
        assertThrows(FormatException.class, () -> plain().write(claims.cid(), Long.MAX_VALUE, content));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void negativePlacesCannotBe(boolean write) throws IOException {
        Cid file = new FileImporter(ImportOptions.defaults(CidFormat.V0))
                .importFile(in(new byte[1]), Metadata.NONE, blocks)
                .cid();
        FileEditor editor = plain();
        assertThrows(IllegalArgumentException.class, () -> {
            if (write) {
                editor.write(file, -1, in(new byte[0]));
            } else {
                editor.truncate(file, -1);
            }
        });
    }

    private void assertRefused(Cid cid, String sentence) {
        var e = assertThrows(FormatException.class, () -> plain().write(cid, 0, in(new byte[1])));
        assertEquals(sentence, e.getMessage());
    }

    private Metadata metadata(Link file) throws IOException {
        return Entity.of(blocks.get(file.cid())).metadata();
    }

    private Entity sized(Cid file, long size) {
        return new Entity.File(size, file.codec() == Multicodec.RAW, Metadata.NONE);
    }

    private FileEditor plain() {
        EditOptions options = new EditOptions(Chunking.DEFAULT, Optional.empty(), () -> NOW);
        return new FileEditor(options, blocks, blocks);
    }

    private Set<Cid> added(Set<Cid> before) {
        Set<Cid> added = new HashSet<>(blocks.stored());
        added.removeAll(before);
        return added;
    }

    private static byte[] patched(byte[] old, int offset, byte[] content) {
        byte[] longer =
                Arrays.copyOf(old, Math.max(old.length, content.length == 0 ? offset : offset + content.length));
        System.arraycopy(content, 0, longer, offset, content.length);
        return longer;
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static ByteArrayInputStream in(byte[] content) {
        return new ByteArrayInputStream(content);
    }
}
