package org.s3ds.rpc;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where the results of a command go, in their order. A command uses one of the three ways, or none: then its answer is
 * a stream of no values. It is used by one thread at a time. Each call fails when nobody takes results any more, and
 * the command should end then.
 */
public interface Reply {
    /** The next of any number of values, shown at once. JSON as {@link org.s3ds.node.repo.Json} has it. */
    void value(@Nullable Object json) throws IOException;

    /** The only value. JSON as {@link org.s3ds.node.repo.Json} has it. */
    void only(@Nullable Object json) throws IOException;

    /**
     * Bytes instead of values. The stream may hold some back until it is flushed; it need not be closed.
     *
     * @param contentType what they are, such as {@code application/vnd.ipld.raw}; {@code text/plain} for anything
     * @param length their number, if it is known before the first
     */
    OutputStream bytes(String contentType, OptionalLong length) throws IOException;
}
