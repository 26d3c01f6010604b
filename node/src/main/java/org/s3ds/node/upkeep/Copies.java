package org.s3ds.node.upkeep;

import java.io.IOException;
import java.util.List;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.node.blocks.Blockstore;

/**
 * Places with copies of blocks.
 *
 * @param sources asked in this sequence; what they give is believed only when it has the right hash
 */
record Copies(List<BlockSource> sources) {
    /** No place. */
    static final Copies NONE = new Copies(List.of());

    /** Copies the list. */
    Copies {
        sources = List.copyOf(sources);
    }

    boolean isEmpty() {
        return sources.isEmpty();
    }

    /**
     * Puts a good copy of a block into a store, makes it durable, and reads it back.
     *
     * @param blocks unaided, so that it is read from the store
     * @throws IOException when there is no good copy, or it could not be put, or is not there as it should be
     */
    void restore(Cid cid, Blockstore blocks) throws IOException {
        blocks.put(good(cid));
        blocks.sync();
        blocks.get(cid);
    }

    /** The first copy whose bytes are right. */
    private Block good(Cid cid) throws IOException {
        IOException none = new IOException("there is no copy of it");
        for (BlockSource source : sources) {
            try {
                Block block = source.get(cid);
                if (cid.matches(block.data())) {
                    return block;
                }
                throw new IOException("the copy of it is damaged, too");
            } catch (MissingBlockException e) {
                none.addSuppressed(e);
            } catch (IOException e) {
                e.addSuppressed(none);
                none = e;
            }
        }
        throw none;
    }
}
