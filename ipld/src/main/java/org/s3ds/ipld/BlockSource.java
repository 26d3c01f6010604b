package org.s3ds.ipld;

import java.io.IOException;

/** Where blocks are read from. */
@FunctionalInterface
public interface BlockSource {
    /**
     * The block of a CID, its bytes checked against the hash.
     *
     * @throws MissingBlockException when the source is sure that it has no such block
     * @throws IOException when it could not tell, or the bytes are not those of the CID
     */
    Block get(Cid cid) throws IOException;
}
