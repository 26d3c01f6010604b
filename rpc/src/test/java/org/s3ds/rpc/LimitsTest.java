package org.s3ds.rpc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a server takes of time, connections and requests, and what becomes of more. */
class LimitsTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String REQUEST = "POST /api/v0/x HTTP/1.1\r\nHost: x\r\n\r\n";

    private static RpcServer server(Limits limits, RpcService service) throws IOException {
        return RpcServer.start(Wire.options(Map.of(), Authorizations.NONE), service, limits);
    }

    @Test
    void aHeaderThatTricklesIsCutOff() throws IOException {
        Limits impatient = new Limits(1 << 20, 1000, Duration.ofMillis(100), LONG, 100, 100);
        try (RpcServer server = server(impatient, (_, reply) -> reply.only(1L));
                Wire wire = new Wire(server)) {
            wire.socket().setSoTimeout(10);
            wire.send("POST /");
            while (isOpen(wire)) {
                wire.send("x");
            }
        }
    }

    /** Waits a little, since nothing is to come. */
    private static boolean isOpen(Wire wire) throws IOException {
        try {
            return wire.socket().getInputStream().read() >= 0;
        } catch (SocketTimeoutException _) {
            return true;
        }
    }

    @Test
    void aBodyThatDoesNotComeIsGivenUpAndTheCommandIsTold() throws IOException {
        Limits impatient = new Limits(1 << 20, 1000, LONG, Duration.ofMillis(50), 100, 100);
        try (RpcServer server = server(
                        impatient,
                        (request, reply) -> reply.only(request.files().next().isPresent()));
                Wire wire = new Wire(server)) {
            wire.send("POST /api/v0/x HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                    + "Content-Length: 9\r\n\r\n--b");
            assertTrue(wire.until("}").contains("{\"Message\":\"the request was not sent to its end\""));
        }
    }

    @Test
    void moreConnectionsWait() throws IOException {
        Limits two = new Limits(1 << 20, 1000, LONG, LONG, 2, 100);
        try (RpcServer server = server(two, (_, reply) -> reply.only(1L));
                Wire first = new Wire(server);
                Wire second = new Wire(server);
                Wire third = new Wire(server)) {
            first.send(REQUEST).until("\r\n0\r\n\r\n");
            second.send(REQUEST).until("\r\n0\r\n\r\n");
            third.send(REQUEST).socket().setSoTimeout(100);
            assertThrows(SocketTimeoutException.class, () -> third.until("\r\n"));
            third.socket().setSoTimeout(30_000);
            first.socket().close();
            assertTrue(third.until("\r\n").startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void moreRequestsAreTurnedAway() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Limits one = new Limits(1 << 20, 1000, LONG, LONG, 100, 1);
        RpcService service = (_, reply) -> {
            running.countDown();
            await(go);
            reply.only(1L);
        };
        try (RpcServer server = server(one, service);
                Wire wire = new Wire(server)) {
            wire.send(REQUEST);
            running.await();
            assertTrue(Wire.ask(server, "POST /api/v0/x HTTP/1.1", "").startsWith("HTTP/1.1 503 "));
            go.countDown();
            assertFalse(wire.until("\r\n0\r\n\r\n").startsWith("HTTP/1.1 503 "));
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }
}
