package org.s3ds.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** How a server ends. */
class StopTest {
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    private void hang(RpcRequest request, Reply reply) throws IOException {
        running.countDown();
        try {
            go.await();
            reply.only("done");
        } catch (InterruptedException e) {
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    @Test
    void whatRunsEndsAndWhatIsNewIsRefused() throws Exception {
        RpcServer server = ServerAndClientTest.server(this::hang);
        try (Wire old = new Wire(server);
                Wire wire = new Wire(server)) {
            wire.send("POST /api/v0/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            running.await();
            FutureTask<Void> stop = new FutureTask<>(() -> {
                server.stop(Duration.ofMinutes(1));
                return null;
            });
            Thread.ofVirtual().start(stop);
            int port = Wire.port(server.addresses().getFirst());
            untilRefused(port);
            old.send("POST /api/v0/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertTrue(old.rest().startsWith("HTTP/1.1 503 "));
            go.countDown();
            assertTrue(wire.rest().contains("\"done\""));
            stop.get();
        }
    }

    private static void untilRefused(int port) {
        assertThrows(IOException.class, () -> {
            while (true) {
                new Wire(port).close();
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void whatDoesNotEndIsInterruptedAndTheClientIsTold() throws Exception {
        RpcServer server = ServerAndClientTest.server(this::hang);
        try (Wire wire = new Wire(server)) {
            wire.send("POST /api/v0/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            running.await();
            server.stop(Duration.ZERO);
            assertTrue(wire.rest().contains("{\"Message\":\"interrupted\",\"Code\":0,\"Type\":\"error\"}"));
        }
    }

    @Test
    void aStoppedServerCanBeStoppedAgain() throws IOException {
        RpcServer server = ServerAndClientTest.server(this::hang);
        server.stop(Duration.ZERO);
        server.close();
        assertEquals(1, server.addresses().size());
    }
}
