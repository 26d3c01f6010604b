package org.s3ds.node.pins;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;

/**
 * The root of the files (MFS) of a node, which keeps what is below it as a recursive pin does: without its block Kubo
 * does not start.
 */
public final class FilesRoot {
    /** Where it is kept, as a CID in bytes. */
    public static final Key KEY = Key.raw("/local/filesroot");

    /** What keeps the blocks, for people. */
    public static final String NAME = "the root of the files (MFS)";

    private final Datastore store;

    /** Of a node with this datastore. */
    public FilesRoot(Datastore store) {
        this.store = store;
    }

    /**
     * The root's CID.
     *
     * @return empty when the node never had files
     * @throws IOException when it cannot be had, or is none
     */
    public Optional<Cid> cid() throws IOException {
        Optional<byte[]> value = store.get(KEY);
        return value.isEmpty() ? Optional.empty() : Optional.of(decode(value.get()));
    }

    /** Makes another CID the root; durable on return. Whoever does so has made durable what it keeps. */
    public void set(Cid cid) throws IOException {
        store.put(KEY, cid.toBytes());
        store.sync(KEY);
    }

    private static Cid decode(byte[] value) throws FormatException {
        try {
            return Cid.decode(value);
        } catch (FormatException e) {
            throw new FormatException(
                    NAME + ", the value of " + KEY + ", is no CID: "
                            + HexFormat.of().formatHex(value),
                    e);
        }
    }
}
