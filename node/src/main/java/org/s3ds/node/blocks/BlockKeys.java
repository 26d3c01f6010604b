package org.s3ds.node.blocks;

import java.util.Optional;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Multihash;

/**
 * The multihashes of all blocks in a store, read once from front to back by one thread, in no promised order. A listing
 * is whole or fails. Names that are not those of blocks are skipped and counted.
 */
public final class BlockKeys implements AutoCloseable {
    private final Results results;
    private long skipped;

    BlockKeys(Results results) {
        this.results = results;
    }

    /**
     * The next multihash.
     *
     * @return empty at the end
     * @throws DatastoreException when the listing cannot go on; what came so far is then not all there is
     */
    public Optional<Multihash> next() throws DatastoreException {
        for (Optional<Entry> entry = results.next(); entry.isPresent(); entry = results.next()) {
            Optional<Multihash> hash = BlockKey.hashOf(entry.get().key());
            if (hash.isPresent()) {
                return hash;
            }
            skipped++;
        }
        return Optional.empty();
    }

    /** How many names so far were not those of blocks. */
    public long skipped() {
        return skipped;
    }

    @Override
    public void close() throws DatastoreException {
        results.close();
    }
}
