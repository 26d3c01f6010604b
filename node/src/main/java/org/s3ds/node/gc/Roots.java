package org.s3ds.node.gc;

import java.io.IOException;
import java.util.Optional;

/** All that keeps blocks, as it was at one moment; given one by one, as the mark has room for more. */
@FunctionalInterface
public interface Roots {
    /**
     * The next root, in any order.
     *
     * @return empty at the end
     * @throws IOException when not all of them can be had
     */
    Optional<Root> next() throws IOException;
}
