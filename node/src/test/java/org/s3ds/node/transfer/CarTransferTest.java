package org.s3ds.node.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.ipld.car.CarReader;
import org.s3ds.ipld.car.CarWriter;

/** Blocks go into CARs and out of them whole, under the CIDs that they have there. */
final class CarTransferTest {
    private static final CidFormat DAG_PB = new CidFormat(0, Multicodec.DAG_PB, HashFunction.SHA2_256);

    @TempDir
    private Path folder;

    private final MemoryDatastore store = new MemoryDatastore();
    private Known there;

    @BeforeEach
    void open() throws IOException {
        there = Known.open(folder.resolve("there"));
    }

    @AfterEach
    void close() throws IOException {
        there.close();
    }

    @Test
    void aStoreBecomesACarOfRawBlocksAndBack() throws IOException {
        Map<Key, byte[]> blocks = OddBlocks.small(300);
        blocks.putAll(OddBlocks.odd());
        for (Map.Entry<Key, byte[]> block : blocks.entrySet()) {
            store.put(block.getKey(), block.getValue());
        }
        Path car = folder.resolve("all.car");
        write(car, List.of(), Source.of(store));
        assertEquals(blocks.size(), cids(car).size());
        assertTrue(cids(car).stream().allMatch(cid -> cid.codec() == Multicodec.RAW));
        MemoryDatastore back = new MemoryDatastore();
        try (Known none = Known.open(folder.resolve("none"))) {
            TransferReport report = run(Source.ofCar(car), Target.of(back), none);
            assertEquals(blocks.size(), report.copied().count());
        }
        for (Map.Entry<Key, byte[]> block : blocks.entrySet()) {
            assertArrayEquals(block.getValue(), back.get(block.getKey()).orElseThrow());
        }
    }

    @Test
    void cidsAndRootsOfACarStay() throws IOException {
        Block root = block("root");
        Path first = car("first.car", List.of(root.cid()), root, block("leaf"));
        Path second = car("second.car", List.of(), block("leaf"), block("other"));
        Path both = folder.resolve("both.car");
        try (CarTarget target = new CarTarget(both, Source.rootsOf(first))) {
            assertEquals(2, run(Source.ofCar(first), target, there).copied().count());
            TransferReport report = run(Source.ofCar(second), target, there);
            assertEquals(1, report.copied().count());
            assertEquals(1, report.present().count());
            target.finish();
        }
        assertEquals(List.of(root.cid()), Source.rootsOf(both));
        assertEquals(Set.of(root.cid(), block("leaf").cid(), block("other").cid()), cids(both));
    }

    @Test
    void whatIsNotFinishedLeavesNoFile() throws IOException {
        Path car = folder.resolve("half.car");
        try (CarTarget target = new CarTarget(car, List.of())) {
            run(Source.ofCar(car("first.car", List.of(), block("leaf"))), target, there);
            assertFalse(Files.exists(car));
        }
        assertFalse(Files.exists(car));
        assertFalse(Files.exists(folder.resolve("half.car.unfinished")));
    }

    @Test
    void aFileThatIsThereIsNotWrittenOver() throws IOException {
        Path car = car("first.car", List.of(), block("leaf"));
        assertThrows(FileAlreadyExistsException.class, () -> new CarTarget(car, List.of()));
    }

    @Test
    void aDamagedBlockIsLeftOutAndTheOthersAreCopied() throws IOException {
        Block wrong = Block.of(block("one").cid(), new byte[] {1, 2, 3});
        Path car = car("first.car", List.of(), wrong, block("two"), block("three"));
        TransferReport report = run(Source.ofCar(car), Target.of(store), there);
        assertEquals(2, report.copied().count());
        assertEquals(1, report.corrupt().count());
        String sentence = report.corrupt().first().getFirst();
        assertTrue(sentence.startsWith(car + ": mismatch in content integrity"), sentence);
        assertEquals(Set.of(keyOf("two"), keyOf("three")), there());
        assertEquals(Set.of(keyOf("two"), keyOf("three")), keysIn(store));
    }

    @Test
    void aDamagedBlockIsTakenWhereTheCarHasItWhole() throws IOException {
        Block wrong = Block.of(block("one").cid(), new byte[] {1, 2, 3});
        TransferReport report =
                run(Source.ofCar(car("first.car", List.of(), wrong, block("one"))), Target.of(store), there);
        assertEquals(Set.of(keyOf("one")), keysIn(store));
        assertEquals(1, report.corrupt().count());
    }

    @Test
    void whatStandsBeforeTheCutOfACarIsCopied() throws IOException {
        Block[] blocks =
                IntStream.range(0, 50).mapToObj(number -> block("no " + number)).toArray(Block[]::new);
        Path car = car("first.car", List.of(), blocks);
        byte[] bytes = Files.readAllBytes(car);
        Files.write(car, Arrays.copyOf(bytes, bytes.length - 1));
        IOException failure = assertThrows(IOException.class, () -> run(Source.ofCar(car), Target.of(store), there));
        assertTrue(String.valueOf(failure.getMessage()).startsWith(car + ": "), failure.getMessage());
        assertEquals(49, keysIn(store).size());
    }

    @Test
    void aBlockThatACarHasManyTimesIsPutOnce() throws IOException {
        Block one = block("one");
        Block sameBytes = Block.of(Cid.v1(Multicodec.RAW, one.cid().hash()), one.data());
        Path car = car("first.car", List.of(), one, sameBytes, one, block("two"), sameBytes, one);
        TransferReport rehearsed = new Transfer(
                        Source.ofCar(car),
                        Target.of(store),
                        Known.open(folder.resolve("rehearsed")),
                        TransferOptions.DEFAULT.toCount(),
                        TransferListener.NONE)
                .run();
        assertEquals(2, rehearsed.copied().count());
        TransferReport report = run(Source.ofCar(car), Target.of(store), there);
        assertEquals(2, report.copied().count());
        assertEquals(4, report.present().count());
    }

    @Test
    void blocksWhoseHashNobodyTrustsArePassedOver() throws IOException {
        byte[] md5 = new byte[3 + 16];
        md5[0] = (byte) 0xd5;
        md5[1] = 1;
        md5[2] = 16;
        Block odd = Block.of(Cid.v1(Multicodec.RAW, Multihash.decode(md5)), new byte[] {1});
        TransferReport report =
                run(Source.ofCar(car("first.car", List.of(), odd, block("one"))), Target.of(store), there);
        assertEquals(new Found(1, List.of(odd.cid().toString())), report.foreign());
        assertEquals(Set.of(keyOf("one")), keysIn(store));
    }

    private static Key keyOf(String text) {
        return BlockNames.keyOf(block(text).cid().hash());
    }

    private Set<Key> there() throws IOException {
        Set<Key> keys = new HashSet<>();
        try (Known.Cursor all = there.all()) {
            while (all.next()) {
                keys.add(all.key());
            }
        }
        return keys;
    }

    private static Set<Key> keysIn(Datastore store) throws IOException {
        Set<Key> keys = new HashSet<>();
        try (Results results = store.query(Query.keys(Key.ROOT))) {
            for (Optional<Entry> entry = results.next(); entry.isPresent(); entry = results.next()) {
                keys.add(entry.get().key());
            }
        }
        return keys;
    }

    private void write(Path car, List<Cid> roots, Source source) throws IOException {
        try (CarTarget target = new CarTarget(car, roots)) {
            run(source, target, there);
            target.finish();
        }
    }

    private static TransferReport run(Source source, Target target, Known known) throws IOException {
        return new Transfer(source, target, known, TransferOptions.DEFAULT, TransferListener.NONE).run();
    }

    private static Block block(String text) {
        return Block.hash(DAG_PB, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path car(String name, List<Cid> roots, Block... blocks) throws IOException {
        Path car = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(car)) {
            CarWriter writer = new CarWriter(out, roots);
            for (Block block : blocks) {
                writer.write(block);
            }
        }
        return car;
    }

    private static Set<Cid> cids(Path car) throws IOException {
        Map<Cid, Integer> cids = new HashMap<>();
        CarReader reader = new CarReader(new ByteArrayInputStream(Files.readAllBytes(car)));
        for (Optional<Block> block = reader.next(); block.isPresent(); block = reader.next()) {
            assertEquals(1, cids.merge(block.get().cid(), 1, Integer::sum), "a block stands in it once");
        }
        return new HashSet<>(cids.keySet());
    }
}
