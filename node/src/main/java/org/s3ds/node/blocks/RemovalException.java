package org.s3ds.node.blocks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.datastore.BatchException;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.ipld.Multihash;

/** Some blocks could not be removed; the others that were to be removed with them are gone. */
public final class RemovalException extends IOException {
    private static final long serialVersionUID = 1L;

    // neither of them need outlive the process
    private final transient List<Multihash> removed = new ArrayList<>();
    private final transient Map<Multihash, IOException> failures = new LinkedHashMap<>();

    RemovalException(List<Multihash> hashes, BatchException cause) {
        super(cause.getMessage(), cause);
        for (Multihash hash : hashes) {
            Optional<DatastoreException> failure =
                    Optional.ofNullable(cause.failures().get(BlockKey.of(hash)));
            failure.ifPresentOrElse(why -> failures.put(hash, why), () -> removed.add(hash));
        }
    }

    RemovalException(Multihash hash, DatastoreException cause) {
        super(cause.getMessage(), cause);
        failures.put(hash, cause);
    }

    /** What is gone. */
    public List<Multihash> removed() {
        return Collections.unmodifiableList(removed);
    }

    /** What may still be there, and why. */
    public Map<Multihash, IOException> failures() {
        return Collections.unmodifiableMap(failures);
    }
}
