package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;

/** What a walk knows of and has not visited. */
final class PendingTest {
    private static final int WIDE = 30_000;

    private long looks;

    private Cid looked(Cid cid) {
        looks++;
        return cid;
    }

    @Test
    void aBlockCostsTheSameHoweverManyWaitBehindIt() throws FormatException {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i <= WIDE; i++) {
            blocks.add(Block.hash(CidFormat.V1, ("block " + i).getBytes(StandardCharsets.UTF_8)));
        }
        Block root = blocks.getFirst();
        Pending<Cid> pending = new Pending<>(root.cid(), this::looked);
        pending.take(root);
        pending.addFirst(blocks.stream().skip(1).map(Block::cid).toList());
        assertEquals(WIDE, pending.children().size());
        for (Block block : blocks.subList(1, blocks.size())) {
            assertEquals(Optional.of(block.cid()), pending.next());
            pending.take(block);
            assertEquals(List.of(), pending.children());
        }
        assertTrue(looks <= 5L * WIDE, looks + " looks at a CID");
    }
}
