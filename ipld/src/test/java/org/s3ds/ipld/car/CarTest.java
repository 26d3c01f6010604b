package org.s3ds.ipld.car;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.DagCbor;
import org.s3ds.ipld.Data;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multicodec;

/** CARs as they should be, and as they should not. */
class CarTest {
    private static final CidFormat RAW = CidFormat.V1.withCodec(Multicodec.RAW);
    private static final Block A = block("a");
    private static final Block B = block("the second one");
    private static final Block EMPTY = block("");

    private static Block block(String text) {
        return Block.hash(RAW, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] car(Block... blocks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CarWriter writer = new CarWriter(out, List.of(A.cid()));
        for (Block block : blocks) {
            writer.write(block);
        }
        return out.toByteArray();
    }

    private static byte[] version2(long offset, long size, byte[] payload) {
        return ByteBuffer.allocate((int) Math.max(51, offset) + payload.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(HexFormat.of().parseHex("0aa16776657273696f6e02"))
                .putLong(0)
                .putLong(0)
                .putLong(offset)
                .putLong(size)
                .putLong(0)
                .position((int) Math.max(51, offset))
                .put(payload)
                .array();
    }

    private static List<String> read(InputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        CarReader car = new CarReader(in);
        assertEquals(List.of(A.cid()), car.roots());
        for (Optional<Block> block = car.next(); block.isPresent(); block = car.next()) {
            texts.add(new String(block.get().data(), StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static List<String> read(byte[] car) throws IOException {
        return read(new ByteArrayInputStream(car));
    }

    private static String failure(byte[] car) {
        return String.valueOf(
                assertThrows(FormatException.class, () -> read(car)).getMessage());
    }

    @Test
    void whatWasWrittenIsReadAgain() throws IOException {
        assertEquals(List.of("a", "the second one", "", "a"), read(car(A, B, EMPTY, A)));
    }

    @Test
    void theBytesAreThoseOfTheSpecification() throws IOException {
        Block hello = Block.hash(CidFormat.V0, new byte[0]);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CarWriter(out, List.of(hello.cid())).write(hello);
        byte[] cid = hello.cid().toBytes();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.write(HexFormat.of().parseHex("38a265726f6f747381d82a582300"));
        expected.write(cid);
        expected.write(HexFormat.of().parseHex("6776657273696f6e01"));
        expected.write(cid.length);
        expected.write(cid);
        assertArrayEquals(expected.toByteArray(), out.toByteArray());
    }

    @Test
    void identitiesAreReadAndNotWritten() throws IOException {
        Block identity = Block.hash(new CidFormat(1, Multicodec.RAW, HashFunction.IDENTITY), new byte[] {'i'});
        assertArrayEquals(car(A), car(identity, A));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(car(A));
        out.write(identity.cid().byteLength() + 1);
        out.write(identity.cid().toBytes());
        out.write('i');
        assertEquals(List.of("a", "i"), read(out.toByteArray()));
    }

    @ParameterizedTest
    @CsvSource({"51", "52", "1000"})
    void ofVersion2ThePayloadIsReadAndNothingElse(int offset) throws IOException {
        byte[] payload = car(A, B);
        byte[] whole = version2(offset, payload.length, payload);
        byte[] withIndex = Arrays.copyOf(whole, whole.length + 100);
        assertEquals(List.of("a", "the second one"), read(withIndex));
        assertEquals(2, new CarReader(new ByteArrayInputStream(whole)).version());
    }

    @Test
    void whereverItIsCutTheBlocksBeforeComeAndThenASentence() throws IOException {
        byte[] whole = car(A, B);
        int header = car().length;
        int first = car(A).length;
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length == header || length == first) {
                assertEquals(length == header ? 0 : 1, read(cut).size());
            } else {
                String sentence = failure(cut);
                assertTrue(
                        length == 0
                                ? sentence.startsWith("it is empty")
                                : sentence.startsWith("unexpected EOF: the CAR ends within"),
                        sentence);
            }
        }
    }

    @Test
    void aVersion2ThatIsCutIsNeverTakenForWhole() throws IOException {
        byte[] payload = car(A, B);
        byte[] whole = version2(60, payload.length, payload);
        for (int length = 0; length < whole.length; length++) {
            failure(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void aBlockThatIsNotTheOneOfItsCidIsNamed() throws IOException {
        byte[] wrong = car(A, B);
        wrong[wrong.length - 1] ^= 1;
        assertEquals(
                "mismatch in content integrity, expected: %s, got: %s, in the section at byte %d"
                        .formatted(B.cid(), block("the second ond").cid(), car(A).length),
                failure(wrong));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00|the header without a byte, at byte 0",
                "8080808004|invalid section data, length of read beyond allowable maximum: the header of 1073741824 bytes is announced at byte 0, and at most 2097152 are read",
                "ffffffffffffffffff|the length of the header at byte 0: varints larger than uint63 not supported",
                "01f6|invalid header: it is no map",
                "01a0|invalid header: its version is no number",
                "0aa16776657273696f6e03|invalid car version: 3; 1 and 2 are known",
                "0aa16776657273696f6e01|invalid header: its roots are no list",
                "12a265726f6f747381016776657273696f6e01|invalid header: its roots are not all CIDs",
                "01bf|invalid header: invalid dag-cbor: an item whose length is not told, at byte 0",
            })
    void aHeaderThatIsNoneIsRefused(String hex, String sentence) {
        String told = failure(HexFormat.of().parseHex(hex));
        assertEquals(sentence, told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "50|100|invalid data payload offset: 50; it is at least 51",
                "-1|100|invalid data payload offset: -1; it is at least 51",
                "51|0|invalid data payload size: 0",
                "51|-1|invalid data payload size: -1",
                "60|9223372036854775807|invalid data payload size: 9223372036854775807",
            })
    void theFixedHeaderOfVersion2IsNotBelieved(long offset, long size, String sentence) {
        assertEquals(sentence, failure(version2(offset, size, new byte[200])));
    }

    @Test
    void theSectionOfAPayloadEndsWithinIt() throws IOException {
        byte[] payload = car(A, B);
        String sentence = failure(version2(51, payload.length - 1, payload));
        assertTrue(sentence.contains("is longer than what is left of the payload"), sentence);
    }

    @Test
    void aPayloadOfVersion2IsRefused() throws IOException {
        byte[] inner = version2(51, 10, car(A));
        assertEquals(
                "invalid data payload header version; expected 1, got 2", failure(version2(51, inner.length, inner)));
    }

    @Test
    void aGigabyteThatIsAnnouncedIsNotMadeRoomFor() throws IOException {
        byte[] announced = HexFormat.of().parseHex("8080808004");
        InputStream endless = new SequenceInputStream(
                new ByteArrayInputStream(car(A)),
                new SequenceInputStream(new ByteArrayInputStream(announced), new Zeros()));
        assertEquals(
                "invalid section data, length of read beyond allowable maximum: a section of 1073741824 bytes is announced at byte %d, and at most 8388608 are read"
                        .formatted(car(A).length),
                assertThrows(FormatException.class, () -> read(endless)).getMessage());
    }

    @Test
    void zerosBehindTheLastBlockAreNoEnd() throws IOException {
        byte[] padded = Arrays.copyOf(car(A), car(A).length + 10);
        assertEquals("a section without a byte, at byte " + car(A).length, failure(padded));
    }

    @Test
    void aSectionWithoutACidIsRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(car());
        out.write(HexFormat.of().parseHex("03010203"));
        assertTrue(failure(out.toByteArray())
                .startsWith("the section at byte %d begins with no CID: invalid cid:".formatted(car().length)));
    }

    @Test
    void whoAnnouncesAHeaderOf50000RootsIsRead() throws IOException {
        List<Cid> roots = new ArrayList<>();
        for (int i = 0; i < 45_000; i++) {
            roots.add(block("root " + i).cid());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CarWriter(out, roots);
        assertEquals(roots, new CarReader(new ByteArrayInputStream(out.toByteArray())).roots());
    }

    @Test
    void aHeaderMayNotHaveRootsAndAVersionInAnotherSpelling() throws IOException {
        byte[] header = DagCbor.encode(Data.MapOf.of(Map.of("version", new Data.Real(1))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(header.length);
        out.write(header);
        assertEquals("invalid header: its version is no number", failure(out.toByteArray()));
    }

    private static final class Zeros extends InputStream {
        @Override
        public int read() {
            return 0;
        }
    }
}
