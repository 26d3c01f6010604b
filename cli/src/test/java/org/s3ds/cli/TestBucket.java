package org.s3ds.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreContext;
import org.s3ds.embedded.EmbeddedS3;
import org.s3ds.s3.S3Config;

/** A new bucket on a server: the embedded one, or one that runs already. */
final class TestBucket implements AutoCloseable {
    /** What is stopped with it. */
    private interface Running {
        void stop() throws IOException;
    }

    private final String name = "bucket-" + HexFormat.of().toHexDigits(new Random().nextInt());
    private final String endpoint;
    private final String accessKey;
    private final String secretKey;
    private final Running running;

    private TestBucket(String endpoint, String accessKey, String secretKey, Running running) throws IOException {
        this.endpoint = endpoint;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.running = running;
        S3Config.parse(new HashMap<>(spec("")))
                .createPlace(new StoreContext(Path.of("").toAbsolutePath(), Metrics.none(), Map.of()));
    }

    /** On an embedded server that starts now, and keeps its buckets in a folder. */
    static TestBucket embedded(Path folder) throws IOException {
        EmbeddedS3 server = EmbeddedS3.start(Files.createDirectories(folder));
        return new TestBucket(server.endpoint().toString(), server.accessKey(), server.secretKey(), server::close);
    }

    /**
     * On a server that {@code .ci/run} has started.
     *
     * @param property names the system property that says where: {@code http://ACCESSKEY:SECRETKEY@HOST:PORT}
     */
    static TestBucket running(String property) throws IOException {
        String place = System.getProperty(property);
        if (place == null) {
            throw new IllegalStateException("start the server, and say where it is with -D" + property
                    + "=http://ACCESSKEY:SECRETKEY@HOST:PORT; .ci/run does both");
        }
        URI uri = URI.create(place);
        List<String> keys = List.of(uri.getUserInfo().split(":", 2));
        return new TestBucket("http://" + uri.getHost() + ":" + uri.getPort(), keys.get(0), keys.get(1), () -> {});
    }

    /** The spec of a store on it. */
    Map<String, Object> spec(String rootDirectory) {
        return Map.of(
                "type",
                "s3ds",
                "region",
                "us-east-1",
                "bucket",
                name,
                "rootDirectory",
                rootDirectory,
                "regionEndpoint",
                endpoint,
                "accessKey",
                accessKey,
                "secretKey",
                secretKey);
    }

    @Override
    public void close() throws IOException {
        running.stop();
    }
}
