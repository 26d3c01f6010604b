package org.s3ds.node.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Multihash;

/**
 * The blocks of a store, read once from front to back by one thread. A listing is whole or fails. Names that are not
 * those of blocks are skipped; those of others are counted, beside what this program keeps there itself.
 */
public final class BlockKeys implements AutoCloseable {
    /** How many of the names that are skipped are kept, to be shown. */
    private static final int SHOWN = 5;
    /** What this program keeps beside the blocks. */
    private static final Key OWN = BlockKey.PREFIX.child(Key.of("/.s3ds"));

    private final Results results;
    private final List<String> shown = new ArrayList<>();
    private long skipped;

    BlockKeys(Results results) {
        this.results = results;
    }

    /**
     * The next block.
     *
     * @return empty at the end
     * @throws DatastoreException when the listing cannot go on; what came so far is then not all there is
     */
    public Optional<ListedBlock> next() throws DatastoreException {
        for (Optional<Entry> entry = results.next(); entry.isPresent(); entry = results.next()) {
            Optional<Multihash> hash = BlockKey.hashOf(entry.get().key());
            if (hash.isPresent()) {
                return Optional.of(new ListedBlock(
                        hash.get(), entry.get().size(), entry.get().modified()));
            }
            skip(entry.get().key());
        }
        return Optional.empty();
    }

    private void skip(Key key) {
        if (OWN.isAncestorOf(key)) {
            return;
        }
        skipped++;
        if (shown.size() < SHOWN) {
            shown.add(key.toString().substring(BlockKey.PREFIX.toString().length() + 1));
        }
    }

    /** How many names so far were not those of blocks, nor our own. */
    public long skipped() {
        return skipped;
    }

    /** The first few of these names, as they stand in the store. */
    public List<String> skippedNames() {
        return List.copyOf(shown);
    }

    @Override
    public void close() throws DatastoreException {
        results.close();
    }
}
