package org.s3ds.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server in this process, for trying out and for tests: S3Proxy on a free port of the loopback interface, each
 * bucket a folder and each object a file below the folder it was started on. Any region will do.
 *
 * <p>It checks signatures: the keys are new at each start. What it stored is there again after the next start on the
 * same folder, but nothing is synced to disk, so a power cut may take objects away. A kill in the middle of a put
 * leaves an object {@code KEY-<uuid>} behind, which listings show. A listing costs time in proportion to all objects
 * below its prefix, for each page: good to about 100,000 objects. A key that is also the folder of another key is
 * refused with status 500.
 */
public final class EmbeddedS3 implements AutoCloseable {
    private static final URI ANY_LOOPBACK_PORT = URI.create("http://127.0.0.1:0");
    private static final int ACCESS_KEY_BYTES = 10;
    private static final int SECRET_KEY_BYTES = 20;
    private static final int THREADS = 64;
    private static final long STOP_MILLIS = 1_000;

    private final S3Proxy server;
    private final URI endpoint;
    private final String accessKey;
    private final String secretKey;

    private EmbeddedS3(S3Proxy server, String path, String accessKey, String secretKey) {
        this.server = server;
        this.endpoint = URI.create("http://127.0.0.1:" + server.getPort() + path);
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    /**
     * Starts a server.
     *
     * @param folder holds the buckets; created when it is not there
     * @throws IOException when the folder cannot be made or the server does not start
     */
    public static EmbeddedS3 start(Path folder) throws IOException {
        return start(folder, "");
    }

    /**
     * Starts a server whose buckets are below a path, as behind a gateway that others share.
     *
     * @param folder holds the buckets; created when it is not there
     * @param path with a slash before it and none behind, such as {@code /storage/s3}; blank for none
     * @throws IOException when the folder cannot be made or the server does not start
     */
    public static EmbeddedS3 start(Path folder, String path) throws IOException {
        Files.createDirectories(folder);
        String accessKey = randomHex(ACCESS_KEY_BYTES);
        String secretKey = randomHex(SECRET_KEY_BYTES);
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toAbsolutePath().toString()))
                .endpoint(ANY_LOOPBACK_PORT)
                .servicePath(path)
                .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                .jettyMaxThreads(THREADS)
                .stopTimeout(STOP_MILLIS)
                .metricsEnabled(false)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException("the embedded S3 server did not start on " + folder + ": " + e.getMessage(), e);
        }
        return new EmbeddedS3(server, path, accessKey, secretKey);
    }

    /** Where it listens, such as {@code http://127.0.0.1:40123}. Clients must use path style. */
    public URI endpoint() {
        return endpoint;
    }

    /** The only access key it accepts. */
    public String accessKey() {
        return accessKey;
    }

    /** The secret of the access key. */
    public String secretKey() {
        return secretKey;
    }

    /** Stops listening, and waits up to a second for requests being answered. */
    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("the embedded S3 server at " + endpoint + " did not stop: " + e.getMessage(), e);
        }
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "EmbeddedS3(" + endpoint + ")";
    }

    private static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
