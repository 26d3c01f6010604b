package org.s3ds.node.transfer;

import java.io.IOException;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.ipld.Block;

/** Where blocks go. Any thread may put. */
interface Target {
    /** Stores a block, whose bytes were compared with its hash. */
    void put(Key key, Block block) throws IOException;

    /** Makes durable what was put. */
    void sync() throws IOException;

    /** A store, which stays open. */
    static Target of(Datastore store) {
        return new Target() {
            @Override
            public void put(Key key, Block block) throws IOException {
                store.put(key, block.data());
            }

            @Override
            public void sync() throws IOException {
                store.sync(Key.ROOT);
            }
        };
    }
}
