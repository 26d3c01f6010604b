package org.s3ds.node.transfer;

import java.io.IOException;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.ipld.Block;

/** Where the blocks of a {@link Transfer} go. Any thread may put. */
public abstract class Target {
    Target() {}

    /**
     * A store that has blocks at its root; it stays open.
     *
     * @param store makes each change durable by itself, or when it is told to ({@link Datastore#sync})
     */
    public static Target of(Datastore store) {
        return new Target() {
            @Override
            void put(Key key, Block block) throws IOException {
                store.put(key, block.data());
            }

            @Override
            void sync() throws IOException {
                store.sync(Key.ROOT);
            }
        };
    }

    /** Stores a block, whose bytes were compared with its hash. */
    abstract void put(Key key, Block block) throws IOException;

    /** Makes durable what was put. */
    abstract void sync() throws IOException;
}
