package org.s3ds.cli;

import java.util.List;
import org.s3ds.datastore.StoreType;
import org.s3ds.datastore.flatfs.FlatfsStoreType;
import org.s3ds.levelds.LevelDbStoreType;
import org.s3ds.s3.S3StoreType;

/** The kinds of store that come with the program: the place to add one. */
final class Stores {
    private Stores() {}

    /** All of them, beyond {@code mount}, {@code measure}, {@code log} and {@code mem}, which every repo knows. */
    static List<StoreType> bundled() {
        S3StoreType s3 = new S3StoreType();
        return List.of(s3, new FlatfsStoreType(), new LevelDbStoreType(), new EmbeddedStoreType(s3));
    }
}
