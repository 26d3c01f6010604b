package org.s3ds.node.repo;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreType;

/** A repo's {@code Datastore.Spec}, read and found right: a tree of stores, not yet open. */
public final class DatastoreSpec {
    private final StoreConfig root;

    private DatastoreSpec(StoreConfig root) {
        this.root = root;
    }

    /**
     * Reads a spec. Opens nothing and sends nothing.
     *
     * @param spec the value of {@code Datastore.Spec}, as {@link Json} knows it
     * @param types the kinds of store there are besides {@code mount}, {@code measure}, {@code log} and {@code mem}
     * @throws SpecException in Kubo's sentence, the first wrong field wins
     */
    public static DatastoreSpec parse(@Nullable Object spec, List<StoreType> types) throws SpecException {
        return new DatastoreSpec(new SpecParser(types).parse(spec));
    }

    /** What {@code datastore_spec} holds for this spec: JSON with its keys in byte order, no spaces, no line break. */
    public String diskSpec() {
        // a store that keeps nothing is Go's nil map
        return Json.compact(root.diskSpec().isEmpty() ? null : Json.sorted(root.diskSpec()));
    }

    /** What the user should be told, a sentence each. */
    public List<String> warnings() {
        return root.warnings();
    }

    /** Opens all stores; what is open is closed again when one fails. */
    public Datastore open(StoreContext context) throws DatastoreException {
        return root.open(context);
    }
}
