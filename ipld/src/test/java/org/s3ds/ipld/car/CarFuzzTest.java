package org.s3ds.ipld.car;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multibase;

/**
 * CARs and CIDs made by chance and damaged by chance: each is read and says the same again, or is refused and said.
 * {@code -Ds3ds.rounds=N} for more, {@code -Ds3ds.seed=N} to repeat.
 */
class CarFuzzTest {
    private static final int ROUNDS = Integer.getInteger("s3ds.rounds", 20_000);
    private static final HexFormat HEX = HexFormat.of();

    private final Random random;

    CarFuzzTest() {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("CARs by chance: -Ds3ds.seed=" + seed);
        random = new Random(seed);
    }

    private byte[] bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private Block block() {
        List<HashFunction> hashes = HashFunction.all();
        HashFunction hash = random.nextBoolean() ? HashFunction.SHA2_256 : hashes.get(random.nextInt(hashes.size()));
        if (hash.equals(HashFunction.SHA2_256) && random.nextBoolean()) {
            return Block.hash(CidFormat.V0, bytes(60));
        }
        return Block.hash(new CidFormat(1, random.nextInt(1 << random.nextInt(31)), hash), bytes(60));
    }

    private byte[] car(List<Cid> roots, List<Block> blocks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CarWriter writer = new CarWriter(out, roots);
        for (Block block : blocks) {
            writer.write(block);
        }
        return random.nextInt(3) == 0 ? version2(out.toByteArray()) : out.toByteArray();
    }

    private byte[] version2(byte[] payload) {
        int padding = random.nextInt(20);
        return ByteBuffer.allocate(51 + padding + payload.length + random.nextInt(20))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(HEX.parseHex("0aa16776657273696f6e02"))
                .putLong(random.nextLong())
                .putLong(random.nextLong())
                .putLong(51 + padding)
                .putLong(payload.length)
                .putLong(random.nextLong())
                .put(new byte[padding])
                .put(payload)
                .array();
    }

    private byte[] damaged(byte[] bytes) {
        byte[] other = bytes.clone();
        for (int i = random.nextInt(3); i >= 0 && other.length > 0; i--) {
            int at = random.nextInt(random.nextBoolean() ? Math.min(70, other.length) : other.length);
            switch (random.nextInt(4)) {
                case 0 -> other[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> other[at] = (byte) random.nextInt();
                case 2 -> other = Arrays.copyOf(other, at);
                default -> other[at] = (byte) 0xff;
            }
        }
        return other;
    }

    private static List<Block> read(byte[] car, List<Cid> roots) throws IOException {
        List<Block> blocks = new ArrayList<>();
        CarReader reader = new CarReader(new ByteArrayInputStream(car));
        roots.addAll(reader.roots());
        for (Optional<Block> next = reader.next(); next.isPresent(); next = reader.next()) {
            assertTrue(next.get().cid().matches(next.get().data()));
            blocks.add(next.get());
        }
        return blocks;
    }

    @Test
    void carsByChance() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            List<Block> blocks = new ArrayList<>();
            List<Cid> roots = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                blocks.add(block());
                roots.add(blocks.getLast().cid());
            }
            byte[] car = car(roots, blocks);
            List<Cid> readRoots = new ArrayList<>();
            List<Block> stored =
                    blocks.stream().filter(block -> !block.cid().isIdentity()).toList();
            assertEquals(
                    stored.stream().map(Block::cid).toList(),
                    read(car, readRoots).stream().map(Block::cid).toList());
            assertEquals(roots, readRoots);
            garbage(damaged(car));
        }
    }

    private static void garbage(byte[] car) {
        try {
            read(car, new ArrayList<>());
        } catch (FormatException e) {
            assertTrue(e.getMessage() != null && !e.getMessage().isEmpty());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new AssertionError(HEX.formatHex(car), e);
        }
    }

    @Test
    void bytesByChance() {
        for (int round = 0; round < ROUNDS; round++) {
            garbage(bytes(80));
        }
    }

    @Test
    void cidsByChance() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            Cid cid = block().cid();
            assertEquals(cid, Cid.decode(cid.toBytes()));
            assertEquals(cid, Cid.parse(cid.toString()));
            byte[] longer = Arrays.copyOf(cid.toBytes(), cid.byteLength() + random.nextInt(5));
            assertEquals(cid, Cid.decodePrefix(longer));
            List<Multibase> bases = List.of(Multibase.values());
            Multibase base = bases.get(random.nextInt(bases.size()));
            assertEquals(cid.toV1(), Cid.parse(cid.toV1().toString(base)));
            garbageCid(damaged(cid.toBytes()));
            garbageText(new String(damaged(cid.toString().getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8));
        }
    }

    private static void garbageCid(byte[] bytes) {
        try {
            Cid cid = Cid.decode(bytes);
            assertArrayEquals(bytes, cid.toBytes());
            cid.matches(bytes);
        } catch (FormatException e) {
            assertTrue(String.valueOf(e.getMessage()).length() > 5);
        } catch (RuntimeException e) {
            throw new AssertionError(HEX.formatHex(bytes), e);
        }
    }

    private static void garbageText(String text) {
        try {
            Cid.parse(text);
        } catch (FormatException e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith("invalid cid: "), e.toString());
        } catch (RuntimeException e) {
            throw new AssertionError(text, e);
        }
    }
}
