package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.s3ds.node.unixfs.InputNode;

/** A server in a Java machine of its own, with little memory, which is gone when that is not enough. */
final class SmallServer implements AutoCloseable {
    private final Process process;
    private final int port;

    SmallServer() throws IOException {
        this.process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.port = Wire.port(process.inputReader(US_ASCII).readLine());
    }

    int port() {
        return port;
    }

    /** One answer to a command, as text. */
    String ask(String command) throws IOException {
        try (Wire wire = new Wire(port)) {
            wire.send("POST /api/v0/" + command + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            return wire.rest();
        }
    }

    /** Ends the server; it must not have ended by itself. */
    @Override
    public void close() {
        boolean alive = process.isAlive();
        process.destroyForcibly();
        if (!alive) {
            throw new AssertionError("the server had ended: " + process.exitValue());
        }
    }

    /** How many calls are running, and how many saw their client go. */
    private static final class Counts implements RpcService {
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger left = new AtomicInteger();

        @Override
        public void serve(RpcRequest request, RpcReply reply) throws IOException {
            running.incrementAndGet();
            try {
                answer(request, reply);
            } catch (BadRequestException e) {
                throw e;
            } catch (IOException e) {
                left.incrementAndGet();
                throw e;
            } finally {
                running.decrementAndGet();
            }
        }

        private void answer(RpcRequest request, Reply reply) throws IOException {
            switch (request.path().getFirst()) {
                case "add" -> reply.only(count(request.files()));
                case "cat" -> endless(reply.bytes("text/plain", OptionalLong.empty()));
                case "running" -> reply.only((long) running.get() - 1);
                case "left" -> reply.only((long) left.get());
                default -> throw BadRequestException.notFound();
            }
        }

        private static void endless(OutputStream out) throws IOException {
            byte[] block = new byte[256 << 10];
            while (true) {
                out.write(block);
            }
        }

        private static long count(InputNode.Children root) throws IOException {
            long nodes = 0;
            Deque<InputNode.Children> open = new ArrayDeque<>(List.of(root));
            while (!open.isEmpty()) {
                Optional<InputNode> node = open.peek().next();
                nodes += node.isPresent() ? 1 : 0;
                if (node.isEmpty()) {
                    open.pop();
                } else if (node.get() instanceof InputNode.Directory directory) {
                    open.push(directory.open());
                } else if (node.get() instanceof InputNode.File file) {
                    try (InputStream in = file.open()) {
                        in.transferTo(OutputStream.nullOutputStream());
                    }
                }
            }
            return nodes;
        }
    }

    /** Runs until it is killed. */
    public static void main(String[] none) throws Exception {
        RpcServer server = RpcServer.start(Wire.options(Map.of(), Authorizations.NONE), new Counts());
        System.out.println(server.addresses().getFirst());
        System.out.flush();
        Thread.currentThread().join();
    }
}
