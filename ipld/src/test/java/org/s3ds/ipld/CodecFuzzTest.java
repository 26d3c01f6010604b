package org.s3ds.ipld;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks of dag-cbor and dag-json from elsewhere and by chance: read the same in all ways, or refused and said. */
final class CodecFuzzTest {
    private static final int ROUNDS = Integer.getInteger("s3ds.rounds", 20_000);
    private static final HexFormat HEX = HexFormat.of();

    /** The stack of {@link #theDeepestBlocksNeedASmallStack}, half of what a thread has. */
    private static final int STACK = 512 << 10;

    private static List<Block> car(String name) throws IOException {
        try (InputStream in = CodecFuzzTest.class.getResourceAsStream("cars/" + name + ".car")) {
            return blocks(in.readAllBytes());
        }
    }

    /** The blocks of a CAR, whose sections are CIDs with blocks behind the header. */
    private static List<Block> blocks(byte[] car) throws FormatException {
        List<Block> blocks = new ArrayList<>();
        int at = Varint.length(Varint.read(car, 0)) + (int) Varint.read(car, 0);
        while (at < car.length) {
            int start = at + Varint.length(Varint.read(car, at));
            int end = start + (int) Varint.read(car, at);
            Cid cid = first(Arrays.copyOfRange(car, start, end));
            Block block = Block.of(cid, Arrays.copyOfRange(car, start + cid.byteLength(), end));
            assertTrue(cid.matches(block.data()), cid.toString());
            blocks.add(block);
            at = end;
        }
        return blocks;
    }

    private static Cid first(byte[] section) throws FormatException {
        if (section[0] != 1) {
            return Cid.decode(Arrays.copyOf(section, 34));
        }
        long codec = Varint.read(section, 1);
        return Cid.v1(codec, Multihash.read(section, 1 + Varint.length(codec)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dag-cbor-traversal", "dag-json-traversal", "dir-with-dag-cbor-with-links"})
    void blocksOfOthersAreReadAndWrittenAgain(String car) throws IOException {
        int read = 0;
        for (Block block : car(car)) {
            if (block.cid().codec() == Multicodec.DAG_CBOR) {
                assertArrayEquals(block.data(), DagCbor.encode(DagCbor.decode(block.data())));
                read++;
            } else if (block.cid().codec() == Multicodec.DAG_JSON) {
                assertArrayEquals(block.data(), DagJson.encode(DagJson.decode(block.data())));
                read++;
            }
        }
        assertTrue(read > 0, car);
    }

    @Test
    void aLinkInABlockOfOthersIsNamed() throws IOException {
        Block cbor = car("dag-cbor-traversal").getFirst();
        Block json = car("dag-json-traversal").getFirst();
        assertEquals(
                List.of("foo/link"),
                BlockLinks.of(cbor).stream().map(Link::name).toList());
        assertEquals(
                List.of("foo/link"),
                BlockLinks.of(json).stream().map(Link::name).toList());
    }

    @Test
    void blocksByChance() throws FormatException {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("blocks by chance: -Ds3ds.seed=" + seed);
        Random random = new Random(seed);
        RandomData data = new RandomData(random);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] cbor = random.nextBoolean() ? data.oddCbor(5) : DagCbor.encode(data.value(5));
            read += cbor(random.nextBoolean() ? data.changed(cbor) : cbor);
            byte[] json = data.looseJson(data.value(5)).getBytes(StandardCharsets.UTF_8);
            read += json(random.nextBoolean() ? data.changed(json) : json);
        }
        assertTrue(read > ROUNDS / 2, "read " + read + " of " + 2 * ROUNDS);
    }

    private static int cbor(byte[] block) {
        return check(Multicodec.DAG_CBOR, block, bytes -> {
            Data data = DagCbor.decode(bytes);
            assertArrayEquals(bytes, DagCbor.encode(data));
            return data;
        });
    }

    private static int json(byte[] block) {
        return check(Multicodec.DAG_JSON, block, bytes -> {
            Data data = DagJson.decode(bytes);
            byte[] cbor = DagCbor.encode(data);
            assertEquals(data, DagCbor.decode(cbor));
            // twice, as the float -0.0 is written -0, which is the whole number 0
            Data again = DagJson.decode(DagJson.encode(data));
            assertEquals(again, DagJson.decode(DagJson.encode(again)));
            return data;
        });
    }

    @FunctionalInterface
    private interface Decoder {
        Data decode(byte[] block) throws FormatException;
    }

    /** 1 when the block is read strictly; then its links are found as well. */
    private static int check(long codec, byte[] block, Decoder decoder) {
        try {
            links(codec, block);
            decoder.decode(block);
        } catch (FormatException e) {
            assertTrue(String.valueOf(e.getMessage()).contains(", at byte "), e.toString());
            return 0;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(HEX.formatHex(block), e);
        }
        return 1;
    }

    private static void links(long codec, byte[] block) throws FormatException {
        BlockLinks.of(Block.hash(CidFormat.V1.withCodec(codec), block));
    }

    @Test
    void theDeepestBlocksNeedASmallStack() throws InterruptedException {
        List<Throwable> failures = new ArrayList<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        deepest();
                    } catch (FormatException | AssertionError | StackOverflowError e) {
                        failures.add(e);
                    }
                },
                "deepest",
                STACK);
        thread.start();
        thread.join();
        assertEquals(List.of(), failures);
    }

    private static void deepest() throws FormatException {
        String map = "a160";
        byte[] cbor = HEX.parseHex(map.repeat(Data.MAX_DEPTH) + "00");
        Data data = DagCbor.decode(cbor);
        assertArrayEquals(cbor, DagCbor.encode(data));
        byte[] json = DagJson.encode(data);
        assertArrayEquals(json, DagJson.encode(DagJson.decode(json)));
        links(Multicodec.DAG_CBOR, cbor);
        links(Multicodec.DAG_CBOR, HEX.parseHex("c1bf60".repeat(Data.MAX_DEPTH) + "00" + "ff".repeat(Data.MAX_DEPTH)));
        links(Multicodec.DAG_JSON, json);
    }
}
