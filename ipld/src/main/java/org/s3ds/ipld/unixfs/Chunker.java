package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.util.Optional;

/** A file's content cut into chunks, front to back; read by one thread. */
@FunctionalInterface
public interface Chunker {
    /**
     * The next chunk, 1 byte to 2 MiB. It is the caller's to keep and is never changed.
     *
     * @return empty at the end of the content, and ever after
     * @throws IOException when the content cannot be read
     */
    Optional<byte[]> next() throws IOException;
}
