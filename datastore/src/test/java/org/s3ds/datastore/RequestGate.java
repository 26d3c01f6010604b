package org.s3ds.datastore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before an HTTP server, passes connections on, counts them and the requests on them that wait for an answer,
 * and holds answers back until so many requests wait at once. For HTTP/1.1 without pipelining.
 */
public final class RequestGate implements AutoCloseable {
    private final ServerSocket listener;
    private final URI target;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger mostWaiting = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger passing = new AtomicInteger();
    private volatile CountDownLatch answers = new CountDownLatch(0);

    /** Before the server at an address; listens on a port of its own. */
    public RequestGate(URI target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Where to send requests instead. */
    public String endpoint() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /**
     * Gives no answer from now on before so many requests wait for one.
     *
     * @param first how many requests are answered before that
     */
    public void holdAnswersUntil(int requests, int first) {
        passing.set(first);
        answers = new CountDownLatch(requests);
    }

    /** How many connections were opened. */
    public int connections() {
        return connections.get();
    }

    /** How many requests waited for their answers at once, at most. */
    public int mostWaiting() {
        return mostWaiting.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                connections.incrementAndGet();
                Connection connection = new Connection(client, new Socket(target.getHost(), target.getPort()));
                threads.execute(connection::requests);
                threads.execute(connection::answers);
            }
        } catch (IOException e) {
            // closed: no more come
        }
    }

    private final class Connection {
        private final Socket client;
        private final Socket server;
        private final AtomicBoolean asked = new AtomicBoolean();
        private volatile boolean held;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void requests() {
            pass(client, server, () -> {
                if (asked.compareAndSet(false, true)) {
                    mostWaiting.accumulateAndGet(waiting.incrementAndGet(), Math::max);
                    held = passing.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
                    if (held) {
                        answers.countDown();
                    }
                }
            });
        }

        void answers() {
            pass(server, client, () -> {
                if (held) {
                    await();
                }
                if (asked.compareAndSet(true, false)) {
                    waiting.decrementAndGet();
                }
            });
        }

        private void await() {
            try {
                if (!answers.await(60, TimeUnit.SECONDS)) {
                    throw new AssertionError("fewer requests at once: " + waiting.get());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void pass(Socket from, Socket to, Runnable before) {
            byte[] buffer = new byte[1 << 14];
            try (from;
                    to;
                    InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    before.run();
                    out.write(buffer, 0, read);
                }
            } catch (IOException e) {
                // one side went: so does the other
            }
        }
    }
}
