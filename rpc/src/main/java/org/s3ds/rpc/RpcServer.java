package org.s3ds.rpc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An RPC API over HTTP that is open for requests from its start until it is stopped. */
public final class RpcServer implements AutoCloseable {
    /** After an interrupt, for a request to end. */
    private static final Duration INTERRUPTED = Duration.ofSeconds(2);

    /** With Jetty's 50, who comes in a crowd waits for a second until the kernel asks again. */
    private static final int ACCEPT_QUEUE = 1024;

    /** Bytes of a trailer, which Jetty cannot make larger; a header may become so, for what a config adds to it. */
    static final int RESPONSE_HEADER = 16 << 10;

    private final Server server;
    private final InFlight inFlight;
    private final List<String> addresses = new ArrayList<>();

    private RpcServer(Server server, InFlight inFlight) {
        this.server = server;
        this.inFlight = inFlight;
    }

    /**
     * Listens on all addresses, or on none.
     *
     * @throws IOException a sentence that names the address that cannot be listened on
     */
    public static RpcServer start(RpcOptions options, RpcService service) throws IOException {
        return start(options, service, Limits.USUAL);
    }

    static RpcServer start(RpcOptions options, RpcService service, Limits limits) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("rpc");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("rpc-"));
        Server server = new Server(threads);
        InFlight inFlight = new InFlight(limits.requests());
        server.setErrorHandler(PlainAnswer::refuse);
        server.setHandler(new ApiHandler(options, service, inFlight, limits));
        server.addBean(new NetworkConnectionLimit(limits.connections(), server));
        RpcServer started = new RpcServer(server, inFlight);
        try {
            for (String address : options.addresses()) {
                started.listen(ApiAddress.parse(address), limits);
            }
            server.start();
            return started;
        } catch (Exception e) {
            started.close();
            throw e instanceof IOException known
                    ? known
                    : new IOException("the RPC API did not start: " + e.getMessage(), e);
        }
    }

    private void listen(ApiAddress address, Limits limits) throws IOException {
        GuardedHttp http = new GuardedHttp(configuration(limits), limits);
        AbstractConnector connector;
        try {
            connector = switch (address) {
                case ApiAddress.Tcp tcp -> tcp(tcp, http);
                case ApiAddress.Unix unix -> unix(unix.path(), http);
            };
        } catch (IOException e) {
            throw cannotListen(address, e);
        }
        connector.setIdleTimeout(limits.headerTime().toMillis());
        server.addConnector(connector);
    }

    private static IOException cannotListen(ApiAddress address, Exception e) {
        return new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }

    private AbstractConnector tcp(ApiAddress.Tcp address, GuardedHttp http) throws IOException {
        ServerConnector connector = new ServerConnector(server, 1, 1, http);
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        try {
            connector.open();
        } catch (IOException e) {
            // Jetty's own sentence names host and port again
            throw e.getCause() instanceof IOException cause ? cause : e;
        }
        addresses.add(
                bound(address, (InetSocketAddress) ((ServerSocketChannel) connector.getTransport()).getLocalAddress()));
        return connector;
    }

    private static String bound(ApiAddress.Tcp address, InetSocketAddress local) {
        InetAddress host = local.getAddress();
        boolean six = address.protocol().endsWith("6") || (host instanceof Inet6Address && !host.isAnyLocalAddress());
        String text = host.isAnyLocalAddress() ? (six ? "::" : "0.0.0.0") : shortest(host.getHostAddress());
        return new ApiAddress.Tcp(six ? "ip6" : "ip4", text, local.getPort(), false).toString();
    }

    /** IPv6 as everybody writes it: two colons for the zeros in a row. */
    private static String shortest(String address) {
        return address.contains(":") ? address.replaceFirst("(^|:)(0(:|$)){2,}", "::") : address;
    }

    private AbstractConnector unix(Path path, GuardedHttp http) throws IOException {
        removeStale(path);
        UnixDomainServerConnector connector = new UnixDomainServerConnector(server, 1, 1, http) {
            @Override
            protected void doStart() throws Exception {
                try {
                    super.doStart();
                } catch (IOException | RuntimeException e) {
                    throw cannotListen(new ApiAddress.Unix(path), e);
                }
            }
        };
        connector.setUnixDomainPath(path);
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        addresses.add(new ApiAddress.Unix(path).toString());
        return connector;
    }

    /** A socket that nobody listens on is what a killed server left. */
    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new IOException("another server listens there");
        } catch (ConnectException _) {
            Files.delete(path);
        }
    }

    private static HttpConfiguration configuration(Limits limits) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        // paths are decoded by ApiHandler, which resolves nothing in them
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.setRequestHeaderSize(limits.headerBytes());
        http.setResponseHeaderSize(RESPONSE_HEADER);
        http.setMaxResponseHeaderSize(8 * RESPONSE_HEADER);
        http.setIdleTimeout(limits.bodyTime().toMillis());
        return http;
    }

    /**
     * Whether other machines can reach an address, as far as its own text tells.
     *
     * @throws IOException when it is no address, or its host is not known
     */
    public static boolean isOpen(String address) throws IOException {
        return switch (ApiAddress.parse(address)) {
            case ApiAddress.Unix _ -> false;
            case ApiAddress.Tcp tcp -> {
                try {
                    yield !Arrays.stream(InetAddress.getAllByName(tcp.host())).allMatch(InetAddress::isLoopbackAddress);
                } catch (UnknownHostException e) {
                    throw new IOException("cannot listen on " + address + ": the host is not known", e);
                }
            }
        };
    }

    /** Where it listens, in the order of the options, as multiaddrs with the port that was bound. */
    public List<String> addresses() {
        return List.copyOf(addresses);
    }

    /**
     * Takes nothing new, lets what runs end for that time, then interrupts it. Returns when all is closed; a second
     * call does nothing.
     */
    public void stop(Duration grace) throws IOException {
        inFlight.close();
        for (Connector connector : server.getConnectors()) {
            if (connector instanceof ServerConnector tcp) {
                tcp.close();
            }
        }
        try {
            if (!inFlight.await(grace)) {
                inFlight.interrupt();
                inFlight.await(INTERRUPTED);
            }
            server.stop();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the RPC API stopped");
        } catch (Exception e) {
            throw new IOException("the RPC API did not stop in order: " + e.getMessage(), e);
        }
    }

    /** Stops at once: what runs is interrupted. */
    @Override
    public void close() throws IOException {
        stop(Duration.ZERO);
    }
}
