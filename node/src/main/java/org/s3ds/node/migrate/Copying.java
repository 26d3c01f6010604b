package org.s3ds.node.migrate;

import java.io.IOException;
import java.util.Map;

/** How the values of one mountpoint come from one store to the other. */
interface Copying extends AutoCloseable {
    /** Copies what can be copied while the repo may be in use; each value is durable or will be copied again. */
    void copyAhead() throws IOException;

    /**
     * Makes both the same, while nobody else has the repo. On return all of it is durable.
     *
     * @return what was done, for the journal
     */
    Map<String, Object> copyLast() throws IOException;

    @Override
    void close() throws IOException;
}
