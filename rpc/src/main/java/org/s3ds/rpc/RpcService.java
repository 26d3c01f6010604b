package org.s3ds.rpc;

import java.io.IOException;

/** What answers requests. It is called by many threads at once. */
@FunctionalInterface
public interface RpcService {
    /**
     * Answers one request: it returns when all results were given to the reply. The thread is interrupted when the
     * server stops and the request has had its time.
     *
     * @throws BadRequestException for what cannot be a request
     * @throws RpcException for a failure with a code
     * @throws IOException for any other failure; its sentence is shown to the client
     */
    void serve(RpcRequest request, RpcReply reply) throws IOException;
}
