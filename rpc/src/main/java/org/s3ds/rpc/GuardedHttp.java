package org.s3ds.rpc;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/** HTTP/1.1 with what Jetty has no limit for: how many headers a request has, and how long it takes to come. */
final class GuardedHttp extends HttpConnectionFactory {
    private final Limits limits;

    GuardedHttp(HttpConfiguration configuration, Limits limits) {
        super(configuration);
        this.limits = limits;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(new Guarded(getHttpConfiguration(), connector, endPoint, limits), connector, endPoint);
    }

    private static final class Guarded extends HttpConnection {
        private final Limits limits;
        /** When the request that is coming began, by {@link System#nanoTime}; one thread at a time reads. */
        private long begun;

        private boolean coming;

        Guarded(HttpConfiguration configuration, Connector connector, EndPoint endPoint, Limits limits) {
            super(configuration, connector, endPoint);
            this.limits = limits;
        }

        @Override
        public void onFillable() {
            if (coming && System.nanoTime() - begun > limits.headerTime().toNanos()) {
                getEndPoint().close();
            } else {
                super.onFillable();
            }
        }

        @Override
        protected RequestHandler newRequestHandler() {
            return new RequestHandler() {
                private int headers;

                @Override
                public void messageBegin() {
                    coming = true;
                    begun = System.nanoTime();
                    headers = 0;
                    super.messageBegin();
                }

                @Override
                public void parsedHeader(HttpField field) {
                    if (++headers > limits.headers()) {
                        throw new HttpException.RuntimeException(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431);
                    }
                    super.parsedHeader(field);
                }

                @Override
                public boolean headerComplete() {
                    coming = false;
                    return super.headerComplete();
                }
            };
        }
    }
}
