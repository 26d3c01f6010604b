package org.s3ds.rpc;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A connection to a daemon, whose two directions are independent of each other.
 *
 * @param socket ends both when it is closed
 */
record Connection(InputStream in, OutputStream out, Closeable socket) {
    private static final int CONNECT_MILLIS = 30_000;

    /** As Kubo says it. */
    private static final String NOBODY = "cannot connect to the api. Is the daemon running? To run as a standalone CLI"
            + " command remove the api file in `$IPFS_PATH/api`";

    /**
     * Connects.
     *
     * @throws NoDaemonException when nobody listens there
     * @throws IOException with the same sentence, Kubo's, when no answer comes
     */
    static Connection open(ApiAddress address) throws IOException {
        return switch (address) {
            case ApiAddress.Unix unix -> unix(unix);
            case ApiAddress.Tcp tcp -> tcp(tcp);
        };
    }

    private static Connection unix(ApiAddress.Unix address) throws IOException {
        try {
            SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(address.path()));
            return new Connection(Channels.newInputStream(channel), Channels.newOutputStream(channel), channel);
        } catch (IOException e) {
            throw new NoDaemonException(NOBODY, e);
        }
    }

    private static Connection tcp(ApiAddress.Tcp address) throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
        } catch (ConnectException e) {
            plain.close();
            throw new NoDaemonException(NOBODY, e);
        } catch (IOException e) {
            plain.close();
            throw new IOException(NOBODY, e);
        }
        plain.setTcpNoDelay(true);
        Socket socket = address.tls() ? secured(plain, address) : plain;
        return new Connection(socket.getInputStream(), socket.getOutputStream(), socket);
    }

    private static Socket secured(Socket plain, ApiAddress.Tcp address) throws IOException {
        try {
            SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
            SSLSocket socket = (SSLSocket) factory.createSocket(plain, address.host(), address.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            plain.close();
            throw new IOException("cannot connect to " + address + " over TLS: " + e.getMessage(), e);
        }
    }
}
