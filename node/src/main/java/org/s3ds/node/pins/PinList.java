package org.s3ds.node.pins;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Cid;

/** The pins of a mode in the sequence of their index, each CID once, read from front to back by one thread. */
public final class PinList implements AutoCloseable {
    private final PinEntries entries;
    private final PinMode mode;
    private final boolean names;
    private final Results results;
    private @Nullable Cid last;

    PinList(PinEntries entries, PinMode mode, boolean names, Results results) {
        this.entries = entries;
        this.mode = mode;
        this.names = names;
        this.results = results;
    }

    /**
     * The next pin; its name is empty unless names were asked for.
     *
     * @return empty at the end
     * @throws IOException when the listing cannot go on, or a record is damaged
     */
    public Optional<PinRecord> next() throws IOException {
        for (Optional<Entry> entry = results.next(); entry.isPresent(); entry = results.next()) {
            PinKeys.IndexEntry found = PinKeys.parseIndexEntry(entry.get().key());
            if (!Objects.equals(found.cid(), last)) {
                last = found.cid();
                return Optional.of(new PinRecord(found.cid(), mode, name(found.id())));
            }
        }
        return Optional.empty();
    }

    private String name(String id) throws IOException {
        return names ? entries.record(id).map(PinRecord::name).orElse("") : "";
    }

    @Override
    public void close() throws DatastoreException {
        results.close();
    }
}
