package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.PbNode;

/** How the importer treats its sink and its content. CIDs are held by the vectors. */
final class FileImporterTest {
    @ParameterizedTest
    @EnumSource
    void childrenAreHandedOnBeforeParents(Layout layout) throws IOException {
        Set<Cid> seen = new HashSet<>();
        Link root = add(options(layout, 1, 3, OptionalInt.empty()), Content.stream("order", 500), block -> {
            for (Link link : PbNode.decode(block.data()).links()) {
                assertTrue(seen.contains(link.cid()));
            }
            seen.add(block.cid());
        });
        assertTrue(seen.contains(root.cid()));
    }

    @ParameterizedTest
    @CsvSource({
        "32, bafkqac3imvwgy3zao5xxe3de",
        "11, bafkqac3imvwgy3zao5xxe3de",
        "10, bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"
    })
    void blocksUpToTheInlineLimitAreTheirOwnCids(int limit, String cid) throws IOException {
        ImportOptions options =
                new ImportOptions(CidFormat.V1, true, Chunking.DEFAULT, Layout.BALANCED, 174, OptionalInt.of(limit));
        MemoryBlocks blocks = new MemoryBlocks();
        Link root = add(options, "hello world".getBytes(StandardCharsets.UTF_8), blocks);
        assertEquals(new Link("", Cid.parse(cid), 11), root);
        assertEquals(limit < 11 ? 1 : 0, blocks.stored().size());
    }

    @Test
    void failureOfTheContentIsPassedOn() {
        IOException failure = new IOException("vanished");
        InputStream content = new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw failure;
            }
        };
        FileImporter importer = new FileImporter(ImportOptions.defaults(CidFormat.V0));
        assertSame(
                failure,
                assertThrows(IOException.class, () -> importer.importFile(content, Metadata.NONE, new MemoryBlocks())));
    }

    @Test
    void failureOfTheSinkEndsTheImport() {
        IOException failure = new IOException("full");
        ImportOptions options = ImportOptions.defaults(CidFormat.V0);
        assertSame(
                failure,
                assertThrows(
                        IOException.class,
                        () -> add(options, new byte[1_000_000], block -> {
                            throw failure;
                        })));
    }

    @Test
    void nodeAboveTwoMebibytesIsRefused() {
        ImportOptions options = options(Layout.BALANCED, 1, 100_000, OptionalInt.empty());
        FormatException e =
                assertThrows(FormatException.class, () -> add(options, new byte[100_000], new MemoryBlocks()));
        assertTrue(e.toString().contains("produced block is over 2MiB: a node with 100000 links"), e.toString());
    }

    @Test
    void optionsOutOfRangeCannotBeMade() {
        assertThrows(IllegalArgumentException.class, () -> options(Layout.BALANCED, 1, 1, OptionalInt.empty()));
        assertThrows(IllegalArgumentException.class, () -> options(Layout.BALANCED, 1, 2, OptionalInt.of(-1)));
        var e = assertThrows(IllegalArgumentException.class, () -> options(Layout.BALANCED, 1, 2, OptionalInt.of(999)));
        assertEquals("inline-limit 999 exceeds maximum allowed size of 128 bytes", e.getMessage());
    }

    private static ImportOptions options(Layout layout, int chunk, int maxLinks, OptionalInt inlineLimit) {
        return new ImportOptions(CidFormat.V0, false, new Chunking.Fixed(chunk), layout, maxLinks, inlineLimit);
    }

    private static Link add(ImportOptions options, byte[] content, BlockSink sink) throws IOException {
        return new FileImporter(options).importFile(new ByteArrayInputStream(content), Metadata.NONE, sink);
    }
}
