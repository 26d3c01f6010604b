import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
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

/**
 * Lists a bucket by key, page after page, and then in any sequence, many ranges at once: {@code Listing URL TIMES}.
 * Prints keys, requests, wall seconds and the CPU milliseconds of this process per key, of each walk.
 */
public final class Listing {
    private final Datastore store;
    private final MemoryMetrics metrics;

    private Listing(Datastore store, MemoryMetrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    public static void main(String[] arguments) throws Exception {
        S3Config config = S3Config.parse(Map.of(
                "region",
                "us-east-1",
                "bucket",
                "b",
                "accessKey",
                "a",
                "secretKey",
                "s",
                "regionEndpoint",
                arguments[0]));
        MemoryMetrics metrics = new MemoryMetrics();
        try (Datastore store = config.open(new StoreContext(Path.of("."), metrics, Map.of()))) {
            Listing listing = new Listing(store, metrics);
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                listing.walk("by key", Query.keys(Key.ROOT).withOrders(List.of(Order.KEY)));
                listing.walk("ranges", Query.keys(Key.ROOT));
            }
        }
    }

    private void walk(String name, Query query) throws Exception {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long requests = requests();
        long wall = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        long keys = 0;
        try (Results results = store.query(query)) {
            while (results.next().isPresent()) {
                keys++;
            }
        }
        System.out.printf(
                "%s: %d keys, %d requests, %.2f s, %.4f ms CPU per key%n",
                name,
                keys,
                requests() - requests,
                (System.nanoTime() - wall) / 1e9,
                (system.getProcessCpuTime() - cpu) / 1e6 / keys);
    }

    private long requests() {
        return metrics.counters().entrySet().stream()
                .filter(counter -> counter.getKey().startsWith("s3ds.requests"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
