package org.s3ds.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Metrics;
import org.s3ds.embedded.EmbeddedS3;

/** An embedded server, and specs for buckets on it. */
final class TestServer implements AutoCloseable {
    private final EmbeddedS3 server;
    private final AtomicInteger buckets = new AtomicInteger();

    TestServer(Path folder) throws IOException {
        this.server = EmbeddedS3.start(folder);
    }

    URI endpoint() {
        return server.endpoint();
    }

    /** The spec of a bucket, which need not be there. */
    Map<String, @Nullable Object> spec(String bucket, String rootDirectory) {
        Map<String, @Nullable Object> spec = new HashMap<>();
        spec.put("region", "us-east-1");
        spec.put("bucket", bucket);
        spec.put("accessKey", server.accessKey());
        spec.put("secretKey", server.secretKey());
        spec.put("regionEndpoint", server.endpoint().toString());
        spec.put("rootDirectory", rootDirectory);
        spec.put("workers", 16L);
        return spec;
    }

    /** A new, empty bucket. */
    S3Config bucket(String rootDirectory) throws DatastoreException {
        S3Config config = S3Config.parse(spec("bucket" + buckets.incrementAndGet(), rootDirectory));
        try (S3Probe probe = new S3Probe(config, Metrics.none())) {
            probe.createBucket();
        }
        return config;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
