package org.s3ds.node.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import org.s3ds.node.ScriptedDatastore;

/** Blocks that were seen to have no links are not read for links again. */
class BlockNotesTest {
    private static final CidFormat NODE = format(Multicodec.DAG_PB);

    private final MemoryDatastore memory = new MemoryDatastore();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final FakeIndex index = new FakeIndex(memory);
    private final Blockstore blocks = blocks(Optional.of(index));

    private Blockstore blocks(Optional<StoreIndex> known) {
        return new Blockstore(
                new ScriptedDatastore(memory, (call, key) -> calls.add(call + " " + key)) {
                    @Override
                    public Optional<StoreIndex> index(Key prefix) {
                        assertEquals("/blocks", prefix.toString());
                        return known;
                    }
                },
                HashPolicy.kubo());
    }

    private static CidFormat format(long codec) {
        return new CidFormat(1, codec, HashFunction.SHA2_256);
    }

    private static Block leaf(String text) {
        return Block.hash(
                NODE,
                PbNode.of(List.of(), text.getBytes(StandardCharsets.UTF_8)).encode());
    }

    private static Block node(Cid... children) {
        List<Link> links = new ArrayList<>();
        for (Cid child : children) {
            links.add(new Link("", child, 1));
        }
        return Block.hash(NODE, PbNode.of(links, null).encode());
    }

    private void stored(Blockstore where, Block... all) throws IOException {
        for (Block block : all) {
            where.put(block);
        }
        calls.clear();
    }

    private Set<Cid> walk(Blockstore where, Cid root, DagWalk.Leaves leaves) throws IOException {
        calls.clear();
        Set<Cid> visited = new HashSet<>();
        try (DagWalk walk = new DagWalk(where, root, leaves)) {
            for (Optional<DagWalk.Visit> visit = walk.next(); visit.isPresent(); visit = walk.next()) {
                visit.get().check();
                visited.add(visit.get().place().cid());
            }
        }
        return visited;
    }

    private long count(String call) {
        return calls.stream().filter(each -> each.startsWith(call + " ")).count();
    }

    @Test
    void aLeafThatWasPutIsAskedForAndNotRead() throws Exception {
        Block one = leaf("one");
        Block other = leaf("other");
        Block root = node(one.cid(), other.cid());
        stored(blocks, one, other, root);
        Set<Cid> all = Set.of(root.cid(), one.cid(), other.cid());
        assertEquals(all, walk(blocks, root.cid(), DagWalk.Leaves.PROVEN));
        assertEquals(List.of(1L, 2L), List.of(count("get"), count("size")));
        assertEquals(all, walk(blocks, root.cid(), DagWalk.Leaves.NAMED));
        assertEquals(List.of(1L, 0L), List.of(count("get"), count("size")));
        assertEquals(Set.of(root.cid()), walk(blocks, root.cid(), DagWalk.Leaves.SEEN));
    }

    @ParameterizedTest
    @EnumSource(DagWalk.Leaves.class)
    void aLeafIsReadByTheFirstWalkAlone(DagWalk.Leaves leaves) throws Exception {
        Block leaf = leaf("one");
        Block root = node(leaf.cid());
        stored(blocks(Optional.empty()), leaf, root);
        walk(blocks, root.cid(), leaves);
        assertEquals(2, count("get"));
        walk(blocks, root.cid(), leaves);
        assertEquals(1, count("get"));
    }

    @Test
    void whoLooksAtTheStoreItselfReadsThem() throws Exception {
        Block leaf = leaf("one");
        Block root = node(leaf.cid());
        stored(blocks, leaf, root);
        walk(blocks.unaided(), root.cid(), DagWalk.Leaves.PROVEN);
        assertEquals(2, count("get"));
    }

    @Test
    void aBlockWithLinksIsNeverNoted() throws Exception {
        Block root = node(leaf("one").cid());
        blocks.put(root);
        blocks.get(root.cid());
        assertEquals(0, index.notes(BlockKey.of(root.cid().hash())));
        assertFalse(blocks.isLeaf(root.cid()));
    }

    @Test
    void linksBehindTheDataAreLinks() throws Exception {
        Block node = node(leaf("one").cid());
        byte[] odd = new byte[2 + node.size()]; // data of no bytes, then the link
        odd[0] = 0x0a;
        System.arraycopy(node.data(), 0, odd, 2, node.size());
        Block block = Block.hash(NODE, odd);
        assertEquals(1, PbNode.decode(odd).links().size());
        blocks.put(block);
        assertFalse(blocks.isLeaf(block.cid()));
    }

    /** 80 is an empty list and {@code \{\}} an empty object; d8 2a begins a link. */
    @ParameterizedTest
    @CsvSource({"dag-cbor,80,true", "dag-cbor,d82a,false", "dag-json,7b7d,true", "dag-json,7b,false", "dag-pb,ff,false"
    })
    void eachCodecHasANoteOfItsOwn(String codec, String hex, boolean leaf) throws Exception {
        long code = Multicodec.codeOf(codec).orElseThrow();
        Block block = Block.hash(format(code), HexFormat.of().parseHex(hex));
        blocks.put(block);
        assertEquals(leaf, blocks.isLeaf(block.cid()));
        for (long other : List.of(Multicodec.DAG_PB, Multicodec.DAG_CBOR, Multicodec.DAG_JSON)) {
            assertEquals(
                    leaf && other == code,
                    blocks.isLeaf(Cid.v1(other, block.cid().hash())),
                    codec);
        }
        assertTrue(blocks.isLeaf(Cid.v1(Multicodec.RAW, block.cid().hash())));
    }

    @Test
    void aDamagedBlockIsNotedSoThatTheNextPutIsSent() throws Exception {
        Block block = leaf("one");
        Key key = BlockKey.of(block.cid().hash());
        blocks.put(block);
        memory.put(key, new byte[] {1});
        assertThrows(CorruptBlockException.class, () -> blocks.unaided().get(block.cid()));
        assertEquals(StoreIndex.SUSPECT, index.notes(key) & StoreIndex.SUSPECT);
    }
}
