package org.s3ds.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreContext;
import org.s3ds.embedded.EmbeddedS3;

/** An S3 server, and specs for buckets on it: the embedded one, or one that runs already. */
final class TestServer implements AutoCloseable {
    /** What is stopped with it. */
    private interface Running {
        void stop() throws IOException;
    }

    private final URI endpoint;
    private final String accessKey;
    private final String secretKey;
    private final Running running;
    private final String run = HexFormat.of().toHexDigits(new Random().nextInt());
    private final AtomicInteger buckets = new AtomicInteger();

    private TestServer(URI endpoint, String accessKey, String secretKey, Running running) {
        this.endpoint = endpoint;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.running = running;
    }

    /** Starts an embedded server, which keeps its buckets in a folder. */
    static TestServer embedded(Path folder) throws IOException {
        return embedded(folder, "");
    }

    /** The same, and what it has is below a path. */
    static TestServer embedded(Path folder, String path) throws IOException {
        EmbeddedS3 server = EmbeddedS3.start(folder, path);
        return new TestServer(server.endpoint(), server.accessKey(), server.secretKey(), server::close);
    }

    /**
     * A server that {@code .ci/run} has started.
     *
     * @param property names the system property that says where: {@code http://ACCESSKEY:SECRETKEY@HOST:PORT}
     */
    static TestServer running(String property) {
        String place = System.getProperty(property);
        if (place == null) {
            throw new IllegalStateException("start the server, and say where it is with -D" + property
                    + "=http://ACCESSKEY:SECRETKEY@HOST:PORT; .ci/run does both");
        }
        URI uri = URI.create(place);
        List<String> keys = List.of(uri.getUserInfo().split(":", 2));
        URI endpoint = URI.create("http://" + uri.getHost() + ":" + uri.getPort());
        return new TestServer(endpoint, keys.get(0), keys.get(1), () -> {});
    }

    URI endpoint() {
        return endpoint;
    }

    /** The spec of a bucket, which need not be there. */
    Map<String, @Nullable Object> spec(String bucket, String rootDirectory) {
        Map<String, @Nullable Object> spec = new HashMap<>();
        spec.put("region", "us-east-1");
        spec.put("bucket", bucket);
        spec.put("accessKey", accessKey);
        spec.put("secretKey", secretKey);
        spec.put("regionEndpoint", endpoint.toString());
        spec.put("rootDirectory", rootDirectory);
        spec.put("workers", 16L);
        return spec;
    }

    /** A context without a repo or an environment. */
    static StoreContext context(Metrics metrics) {
        return new StoreContext(Path.of("").toAbsolutePath(), metrics, Map.of());
    }

    /** A new, empty bucket. */
    S3Config bucket(String rootDirectory) throws DatastoreException {
        S3Config config = S3Config.parse(spec("bucket-" + run + "-" + buckets.incrementAndGet(), rootDirectory));
        try (S3Probe probe = new S3Probe(config, context(Metrics.none()))) {
            probe.createBucket();
        }
        return config;
    }

    @Override
    public void close() throws IOException {
        running.stop();
    }
}
