package org.s3ds.node.mfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.ipld.unixfs.UnixfsNode;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.HashPolicy;
import org.s3ds.node.pins.FilesRoot;
import org.s3ds.node.unixfs.ImportChoice;

/** What is there of a DAG is counted as often as it is linked to; what is missing makes it not whole. */
class LocalPartTest {
    private final MemoryDatastore store = new MemoryDatastore();
    private final Blockstore blocks = new Blockstore(store, HashPolicy.kubo());

    /** A directory of two files, nearly all of which are the same zeros. */
    private MfsNode zeros() throws IOException {
        Mfs files = new Mfs(blocks, new FilesRoot(store), MfsOptions.of(ImportChoice.NONE, () -> Instant.EPOCH));
        for (boolean raw : List.of(true, false)) {
            WriteOptions how = new WriteOptions(
                    5_000_000, OptionalLong.empty(), true, true, false, Optional.of(raw), Optional.empty());
            files.write(MfsPath.parse("/d/" + raw), how, new ByteArrayInputStream(new byte[] {1}));
        }
        return files.find(MfsPath.ROOT);
    }

    @Test
    void whatIsWholeIsAsLargeAsItsLinksSay() throws IOException {
        MfsNode node = zeros();
        assertEquals(new LocalPart(true, node.stat().cumulativeSize()), LocalPart.of(blocks, node.root()));
    }

    @Test
    void missingBlocksCountNothing() throws IOException {
        MfsNode node = zeros();
        Cid gone = Cid.v0(HashFunction.SHA2_256.hash(new byte[] {8}));
        Cid goneRaw = Cid.v1(Multicodec.RAW, HashFunction.SHA2_256.hash(new byte[] {9}));
        List<Link> links = List.of(
                new Link("a", gone, 1),
                new Link("b", goneRaw, 1),
                new Link("c", node.cid(), 1),
                new Link("d", node.cid(), 1));
        byte[] data = UnixfsNode.directory(Metadata.NONE).encode();
        Block directory = Block.hash(CidFormat.V0, PbNode.of(links, data).encode());
        long there = directory.size() + 2 * node.stat().cumulativeSize();
        assertEquals(new LocalPart(false, there), LocalPart.of(blocks, directory));
    }
}
