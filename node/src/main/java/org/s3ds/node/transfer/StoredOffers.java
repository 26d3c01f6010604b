package org.s3ds.node.transfer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MountDatastore;
import org.s3ds.datastore.MountDatastore.Mount;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.HashPolicy;

/** The blocks of a store, in the sequence in which they come fastest; read and checked as those of a node are. */
final class StoredOffers implements Offers {
    private final Blockstore blocks;
    private final Results results;
    private Found foreign = Found.NONE;

    /** @param store has its blocks at the root; it stays open */
    StoredOffers(Datastore store) throws DatastoreException {
        this.blocks = blocksOf(store);
        this.results = store.query(Query.keys(Key.ROOT).withSizes());
    }

    /** The blocks of a store that has them at its root. */
    static Blockstore blocksOf(Datastore store) {
        return new Blockstore(new MountDatastore(List.of(new Mount(BlockNames.BLOCKS, store))), HashPolicy.kubo());
    }

    @Override
    public Optional<Offer> next() throws IOException {
        for (Optional<Entry> entry = results.next(); entry.isPresent(); entry = results.next()) {
            Key key = entry.get().key();
            Optional<Multihash> hash = BlockNames.hashOf(key);
            if (hash.isPresent()) {
                Cid cid = Cid.v1(Multicodec.RAW, hash.get());
                long size = Known.sizeOf(entry.get());
                return Optional.of(new Offer(key, size, () -> blocks.get(cid, size)));
            }
            if (!BlockNames.isOwn(key)) {
                foreign = foreign.and(key.toString().substring(1));
            }
        }
        return Optional.empty();
    }

    @Override
    public Found foreign() {
        return foreign;
    }

    @Override
    public void close() throws IOException {
        results.close();
    }
}
