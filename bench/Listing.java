import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryMetrics;
import org.s3ds.datastore.Order;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.S3Config;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Lists a bucket by key, page after page; in any sequence, as the store sees fit; and with the bare client of the AWS
 * SDK in a loop: {@code Listing URL TIMES}. Prints keys, requests, wall seconds and the CPU milliseconds of this
 * process per key, of each walk.
 */
public final class Listing {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Datastore store;
    private final MemoryMetrics metrics;

    private Listing(Datastore store, MemoryMetrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    /** One way to list. */
    private interface Walk {
        /** Returns how many keys there are. */
        long keys() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        URI endpoint = URI.create(arguments[0]);
        S3Config config = S3Config.of("b", "us-east-1").withEndpoint(endpoint).withKeys("a", "s");
        MemoryMetrics metrics = new MemoryMetrics();
        try (Datastore store = config.open(new StoreContext(Path.of("").toAbsolutePath(), metrics, Map.of()));
                S3Client s3 = S3Client.builder()
                        .endpointOverride(endpoint)
                        .forcePathStyle(true)
                        .region(Region.US_EAST_1)
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "s")))
                        .build()) {
            Listing listing = new Listing(store, metrics);
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                listing.measure(
                        "by key", () -> listing.walk(Query.keys(Key.ROOT).withOrders(List.of(Order.KEY))));
                listing.measure("any sequence", () -> listing.walk(Query.keys(Key.ROOT)));
                listing.measure(
                        "bare SDK",
                        () -> s3.listObjectsV2Paginator(r -> r.bucket("b")).contents().stream()
                                .count());
            }
        }
    }

    private long walk(Query query) throws Exception {
        long keys = 0;
        try (Results results = store.query(query)) {
            while (results.next().isPresent()) {
                keys++;
            }
        }
        return keys;
    }

    private void measure(String name, Walk walk) throws Exception {
        long requests = requests();
        long wall = System.nanoTime();
        long cpu = PROCESS.getProcessCpuTime();
        long keys = walk.keys();
        System.out.printf(
                "%s: %d keys, %d requests, %.2f s, %.4f ms CPU per key%n",
                name,
                keys,
                requests() - requests,
                (System.nanoTime() - wall) / 1e9,
                (PROCESS.getProcessCpuTime() - cpu) / 1e6 / keys);
    }

    /** Of the store: the SDK's are not counted. */
    private long requests() {
        return metrics.counters().entrySet().stream()
                .filter(counter -> counter.getKey().startsWith("s3ds.requests"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
