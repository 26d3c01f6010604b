package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.Link;

/** Permissions and times in nodes; the CIDs are those Kubo 0.42.0 printed. */
final class MetadataTest {
    private static final Metadata MODE_0640 = new Metadata(OptionalInt.of(0640), Optional.empty());

    private final MemoryBlocks blocks = new MemoryBlocks();

    @Test
    void modeIsStoredAndTurnsRawLeavesOff() throws IOException {
        assertEquals("QmSYuVSjojCW7p9iigizB4xh2gLWKRSZyx9f5SHX8kBABW", hello(CidFormat.V0, MODE_0640));
        assertEquals("bafybeib6sjxf4ef6jny7xsp6tc7zjbxxy24nfboyjg3jyoe2kzrbzlqtyu", hello(CidFormat.V1, MODE_0640));
    }

    @Test
    void mtimeIsStoredWithItsNanoseconds() throws IOException {
        Metadata mtime = new Metadata(OptionalInt.empty(), Optional.of(new Mtime(1_600_000_000, 5)));
        assertEquals("bafybeic7s3rdyj2g2j5ayhpojvyoum4y3y7e6jjran7m5nixid37lssomi", hello(CidFormat.V1, mtime));
    }

    @ParameterizedTest
    @CsvSource({"BALANCED, 5", "BALANCED, 500000", "TRICKLE, 5", "TRICKLE, 500000", "BALANCED, 0", "TRICKLE, 0"})
    void rootAloneCarriesIt(Layout layout, int size) throws IOException {
        Metadata metadata = new Metadata(OptionalInt.of(0755), Optional.of(Mtime.of(Instant.ofEpochSecond(-5, 7))));
        ImportOptions options =
                new ImportOptions(CidFormat.V1, true, Chunking.DEFAULT, layout, 174, OptionalInt.empty());
        byte[] content = Content.stream("metadata", size);
        Link root = new FileImporter(options).importFile(new ByteArrayInputStream(content), metadata, blocks);
        assertEquals(new Entity.File(size, false, metadata), Entity.of(blocks.get(root.cid())));
        assertArrayEquals(content, blocks.read(new FileWalk(root.cid())));
        long withMetadata = 0;
        for (var cid : blocks.stored()) {
            withMetadata += Entity.of(blocks.get(cid)).metadata().isNone() ? 0 : 1;
        }
        assertEquals(1, withMetadata);
    }

    @Test
    void directoriesCarryItInTheirRootBasicOrSharded() throws IOException {
        Link file = new Link("file", Cid.parse("QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH"), 6);
        for (long threshold : new long[] {0, 1}) {
            DirectoryOptions options = new DirectoryOptions(
                    CidFormat.V1, OptionalInt.empty(), DirectoryOptions.Estimation.BLOCK, threshold, 0, 256);
            DirectoryBuilder builder = new DirectoryBuilder(options, MODE_0640);
            builder.add(file);
            Link root = builder.build(blocks);
            assertEquals(new Entity.Directory(threshold == 1, MODE_0640), Entity.of(blocks.get(root.cid())));
        }
    }

    @Test
    void symlinkIsItsTarget() throws IOException {
        FileImporter importer = new FileImporter(ImportOptions.defaults(CidFormat.V0));
        Link root = importer.importSymlink("foo", Metadata.NONE, blocks);
        assertEquals(
                "QmTB8BaCJdCH5H3k7GrxJsxgDNmNYGGR71C58ERkivXoj5", root.cid().toString());
        assertEquals(new Entity.Symlink("foo", Metadata.NONE), Entity.of(blocks.get(root.cid())));
        assertEquals("foo", new String(blocks.read(new FileWalk(root.cid())), StandardCharsets.UTF_8));
    }

    @Test
    void modeZeroIsAbsent() {
        assertEquals(Metadata.NONE, new Metadata(OptionalInt.of(0), Optional.empty()));
    }

    @Test
    void nanosecondsOutOfRangeAreRefusedInAndIgnoredWhenRead() throws IOException {
        assertThrows(IllegalArgumentException.class, () -> new Mtime(0, 1_000_000_000));
        byte[] data = HexFormat.of().parseHex("08021800" + "420708011500ca9a3b");
        assertEquals(
                Optional.of(new Mtime(1, 0)), UnixfsNode.decode(data).metadata().mtime());
    }

    private String hello(CidFormat format, Metadata metadata) throws IOException {
        byte[] content = "hello world".getBytes(StandardCharsets.UTF_8);
        return new FileImporter(ImportOptions.defaults(format))
                .importFile(new ByteArrayInputStream(content), metadata, blocks)
                .cid()
                .toString();
    }
}
