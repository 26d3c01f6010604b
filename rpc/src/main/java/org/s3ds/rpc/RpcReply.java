package org.s3ds.rpc;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A reply over HTTP, where the client may have asked for another encoding of values than JSON. */
public interface RpcReply extends Reply {
    /** Makes text of a value. */
    @FunctionalInterface
    interface Text {
        /** What is written of it, with the line breaks that belong to it. */
        String of(@Nullable Object json) throws IOException;
    }

    /** From here on values are written as text, {@code text/plain}. */
    void inText(Text text);
}
