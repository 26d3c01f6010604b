package org.s3ds.node.blocks;

import java.util.Optional;
import java.util.function.Supplier;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.ipld.PbNode;

/**
 * What was seen of blocks, kept with what the store knows of them: which have no links, so that the next walk need not
 * read them, and which were damaged, so that the next put is sent. The same bytes may have links as one codec and none
 * as another, so each codec has a note of its own. Thread-safe.
 *
 * @param index where it is noted; asked each time, and only when there is something to note or to know. Empty when the
 *     store has none, so that nothing is known
 */
record BlockNotes(Supplier<Optional<StoreIndex>> index) {
    // the meaning of these bits stands in the index of every repo: none may ever get another
    private static final int AS_DAG_PB = 1;
    private static final int AS_DAG_CBOR = 2;
    private static final int AS_DAG_JSON = 4;

    /** Whether a block that is there was seen to have no links; false when that is not known. */
    boolean isLeaf(Cid cid) throws DatastoreException {
        int bit = bit(cid.codec());
        Optional<StoreIndex> known = bit == 0 ? Optional.empty() : index.get();
        return known.isPresent() && (known.get().notes(BlockKey.of(cid.hash())) & bit) != 0;
    }

    /**
     * Notes of a block that is stored, and whose bytes are its own, that it has no links, if that is so. What cannot be
     * noted will be seen again, so that it is no failure.
     */
    void seen(Block block) {
        int bit = bit(block.cid().codec());
        Optional<StoreIndex> known = bit == 0 || PbNode.beginsWithLink(block) ? Optional.empty() : index.get();
        try {
            if (known.isPresent() && BlockLinks.of(block).isEmpty()) {
                known.get().note(BlockKey.of(block.cid().hash()), bit);
            }
        } catch (FormatException | DatastoreException _) {
            // links that cannot be read are not "none"
        }
    }

    /** Notes that a block is stored with other bytes than its own. */
    void damaged(Multihash hash) throws DatastoreException {
        Optional<StoreIndex> known = index.get();
        if (known.isPresent()) {
            known.get().note(BlockKey.of(hash), StoreIndex.SUSPECT);
        }
    }

    /** 0 for a codec that never has links, or whose links nobody can read. */
    private static int bit(long codec) {
        if (codec == Multicodec.DAG_PB) {
            return AS_DAG_PB;
        }
        if (codec == Multicodec.DAG_CBOR) {
            return AS_DAG_CBOR;
        }
        return codec == Multicodec.DAG_JSON ? AS_DAG_JSON : 0;
    }
}
