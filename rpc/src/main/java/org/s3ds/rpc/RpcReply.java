package org.s3ds.rpc;

import java.io.OutputStream;

/** A reply over HTTP, where the client may have asked for another encoding than JSON. */
public interface RpcReply extends Reply {
    /**
     * Where text goes in the place of values, in UTF-8. The answer begins with the first byte, so that a failure before
     * it has a status. The stream need not be closed.
     */
    OutputStream text();
}
