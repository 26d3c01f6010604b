package org.s3ds.node.blocks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.ScriptedDatastore;

final class BlockstoreTest {
    private static final String EMPTY_DIRECTORY = "CIQFTFEEHEDF6KLBT32BFAGLXEZL4UWFNWM4LFTLMXQBCERZ6CMLX3Y";

    private final MemoryDatastore memory = new MemoryDatastore();
    private final List<String> calls = new ArrayList<>();
    private final Blockstore blocks = new Blockstore(
            new ScriptedDatastore(memory, (call, key) -> calls.add(call + " " + key)), HashPolicy.kubo());

    @ParameterizedTest
    @CsvSource({
        "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD,CIQPQUWH7JRPS4MBP5KNRKANZVR7Z5YJRM6L32NOR3A64REQCPWF3MA",
        "bafybeihykld7uyxzogax6vgyvag42y7464eywpf55gxi5qpoisibh3c5wa,CIQPQUWH7JRPS4MBP5KNRKANZVR7Z5YJRM6L32NOR3A64REQCPWF3MA",
        "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e,CIQLSTJHXGJU2PQIUUXFFV62PWV7VREE57RXUU4A52IIR55M4LX432I",
        "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn," + EMPTY_DIRECTORY,
        "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku,CIQOHMGEIKMPYHAUTL57JSEZN64SIJ5OIHSGJG4TJSSJLGI3PBJLQVI",
    })
    void keysAreKubos(String cid, String name) throws Exception {
        Key key = BlockKey.of(Cid.parse(cid).hash());
        assertEquals("/blocks/" + name, key.toString());
        assertEquals(Optional.of(Cid.parse(cid).hash()), BlockKey.hashOf(key));
    }

    @ParameterizedTest
    @CsvSource({
        "sha2-512,CNADBHWMJCOBFVXLJTCA6UGJALZLJUHNO7XFCGT4PKN42PFINVGNQ34YTXJVXRP7JGLHBWRUEVNULMGP3AYOQH3ALXHX3RKUF2J25HGXN4",
        "sha1,CEKCVLTMGXEU7T5UCXN6SX2AROOOSHXII3WQ",
    })
    void keysOfOtherHashesAreKubos(String hash, String name) {
        byte[] data = "hello world".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "/blocks/" + name,
                BlockKey.of(HashFunction.byName(hash).orElseThrow().hash(data)).toString());
    }

    @Test
    void aBlockComesBackUnderEveryCidOfItsHash() throws Exception {
        Block block = Block.hash(CidFormat.V0, new byte[] {0x0a, 0x02, 0x08, 0x01});
        blocks.put(block);
        Cid raw = Cid.v1(Multicodec.RAW, block.cid().hash());

        assertArrayEquals(block.data(), blocks.get(block.cid()).data());
        assertEquals(raw, blocks.get(raw).cid());
        assertTrue(blocks.has(block.cid().toV1()));
        assertEquals(OptionalLong.of(4), blocks.size(raw));
        remove(raw);
        assertFalse(blocks.has(block.cid()));
        assertEquals(OptionalLong.empty(), blocks.size(block.cid()));
    }

    private void remove(Cid cid) throws IOException {
        try (Collector collector = blocks.collect()) {
            assertEquals(List.of(cid.hash()), collector.remove(List.of(cid.hash())));
        }
    }

    @Test
    void oneCallIsOneCallOfTheStore() throws Exception {
        Block block = block("x");
        blocks.put(block);
        blocks.get(block.cid());
        blocks.has(block.cid());
        blocks.size(block.cid());
        blocks.sync();
        String key = BlockKey.of(block.cid().hash()).toString();
        assertEquals(List.of("put " + key, "get " + key, "has " + key, "size " + key, "sync /blocks"), calls);
    }

    @Test
    void aMissingBlockIsSaidWithItsCid() throws Exception {
        Cid cid = block("x").cid();
        MissingBlockException e = assertThrows(MissingBlockException.class, () -> blocks.get(cid));
        assertEquals(cid, e.cid());
        assertEquals("block was not found locally (offline): ipld: could not find " + cid, e.getMessage());
    }

    @Test
    void aFailureIsNotAbsence() {
        Blockstore failing = new Blockstore(
                new ScriptedDatastore(memory, (call, key) -> {
                    throw new DatastoreException("no network");
                }),
                HashPolicy.kubo());
        assertThrows(DatastoreException.class, () -> failing.get(block("x").cid()));
        assertThrows(DatastoreException.class, () -> failing.has(block("x").cid()));
        assertThrows(DatastoreException.class, () -> failing.size(block("x").cid()));
        assertThrows(DatastoreException.class, failing::multihashes);
    }

    @Test
    void aCorruptBlockIsNeverGivenOut() throws Exception {
        Block block = block("x");
        memory.put(BlockKey.of(block.cid().hash()), new byte[] {1, 2, 3});
        CorruptBlockException e = assertThrows(CorruptBlockException.class, () -> blocks.get(block.cid()));
        assertEquals(
                "block in storage has different hash than requested: " + block.cid() + ", stored as the value of "
                        + BlockKey.of(block.cid().hash()) + " (3 bytes); add the content again, or let"
                        + " \"s3ds verify --repair-from\" put a copy in its place",
                e.getMessage());
        String get = "get " + BlockKey.of(block.cid().hash());
        assertEquals(List.of(get, get), calls, "once more, and no more than that");
    }

    @Test
    void aBlockThatWasDamagedOnTheWayIsFetchedOnceMore() throws Exception {
        Block block = block("x");
        Key key = BlockKey.of(block.cid().hash());
        byte[] flipped = block.data().clone();
        flipped[0] ^= 1;
        memory.put(key, flipped);
        List<String> gets = new ArrayList<>();
        Blockstore damaged = new Blockstore(
                new ScriptedDatastore(memory, (call, asked) -> {
                    if (!gets.isEmpty()) {
                        memory.put(key, block.data());
                    }
                    gets.add(call);
                }),
                HashPolicy.kubo());
        assertArrayEquals(block.data(), damaged.get(block.cid()).data());
        assertEquals(List.of("get", "get"), gets);
    }

    @Test
    void anIdentityCidCarriesItsBlock() throws Exception {
        Cid cid = Cid.v1(Multicodec.RAW, HashFunction.IDENTITY.hash(new byte[] {7, 8}));
        blocks.put(Block.of(cid, new byte[] {7, 8}));
        assertTrue(blocks.has(cid));
        assertEquals(OptionalLong.of(2), blocks.size(cid));
        assertArrayEquals(new byte[] {7, 8}, blocks.get(cid).data());
        assertEquals(List.of(), calls);
    }

    @Test
    void untrustedHashesAreRefusedBothWays() throws Exception {
        Cid cid = Cid.v1(Multicodec.RAW, Multihash.decode(new byte[] {0x12, 0x02, 1, 2}));
        assertThrows(RefusedHashException.class, () -> blocks.get(cid));
        assertThrows(RefusedHashException.class, () -> blocks.put(Block.of(cid, new byte[0])));
        assertEquals(List.of(), calls);
    }

    @Test
    void onlyNamesThatANodeWritesAreListed() throws Exception {
        Set<Multihash> stored = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            Block block = block("block " + i);
            blocks.put(block);
            stored.add(block.cid().hash());
        }
        for (String foreign : List.of(
                "SHARDING",
                EMPTY_DIRECTORY.toLowerCase(Locale.ROOT),
                EMPTY_DIRECTORY + "=",
                EMPTY_DIRECTORY.substring(0, 54) + "Z", // bits left over
                EMPTY_DIRECTORY.substring(0, 50), // cut short
                EMPTY_DIRECTORY + "-0b1c2d3e-aaaa-bbbb-cccc-0123456789ab", // what a killed embedded server leaves
                "CIQ1",
                "x/" + EMPTY_DIRECTORY)) {
            memory.put(Key.raw("/blocks/" + foreign), new byte[] {1});
        }
        memory.put(Key.raw("/blocks/.s3ds/claim/0000000000000001"), new byte[] {1}); // our own, so not counted
        memory.put(Key.raw("/pins/" + EMPTY_DIRECTORY), new byte[] {1});

        Set<Multihash> listed = new HashSet<>();
        try (BlockKeys keys = blocks.multihashes()) {
            for (Optional<ListedBlock> block = keys.next(); block.isPresent(); block = keys.next()) {
                assertTrue(listed.add(block.get().hash()));
            }
            assertEquals(8, keys.skipped());
            assertEquals(5, keys.skippedNames().size());
        }
        assertEquals(stored, listed);
    }

    @Test
    void blocksAreListedWithTheirSizesInOrderAndFromAnyPositionOn() throws Exception {
        for (int i = 0; i < 20; i++) {
            blocks.put(block("x".repeat(i)));
        }
        List<ListedBlock> all = list(BlockQuery.ALL.withSizes().withTimes().from(Optional.empty()));
        assertEquals(
                190, all.stream().mapToLong(each -> each.size().orElseThrow()).sum());
        assertTrue(all.stream().allMatch(each -> each.modified().isEmpty()), "a store in memory knows no times");
        Optional<Multihash> tenth = Optional.of(all.get(9).hash());
        assertEquals(all.subList(10, 20), list(BlockQuery.ALL.withSizes().from(tenth)));
        memory.put(Key.raw("/blocks/0-sorts-before"), new byte[] {1});
        assertEquals(all, list(BlockQuery.ALL.withSizes().from(Optional.empty())));
    }

    private List<ListedBlock> list(BlockQuery query) throws Exception {
        List<ListedBlock> listed = new ArrayList<>();
        try (BlockKeys keys = blocks.multihashes(query)) {
            for (Optional<ListedBlock> block = keys.next(); block.isPresent(); block = keys.next()) {
                listed.add(block.get());
            }
        }
        return listed;
    }

    private static Block block(String text) {
        return Block.hash(
                new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256), text.getBytes(StandardCharsets.UTF_8));
    }
}
