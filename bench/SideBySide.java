import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.StoreContext;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multibase;
import org.s3ds.s3.S3Config;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Measures this store and the bare client of the AWS SDK, cell by cell in turn: {@code SideBySide ENDPOINT ACCESS
 * SECRET}. Prints a line for each cell: client, operation, size, threads, operations, seconds, CPU milliseconds of this
 * process.
 */
public final class SideBySide {
    private static final String BUCKET = "side-by-side";
    private static final int LISTED = 10_000;
    private static final int BATCH = 1_000;
    private static final com.sun.management.OperatingSystemMXBean PROCESS =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private SideBySide() {}

    /** A key with its value. */
    private record Block(String key, byte[] value) {}

    /** One of the two that are compared. */
    private interface Client {
        String name();

        void put(Block block) throws Exception;

        byte[] get(Block block) throws Exception;

        boolean has(Block block) throws Exception;

        void batch(List<Block> blocks) throws Exception;

        int list(String folder) throws Exception;
    }

    private record Store(Datastore store, Datastore listed) implements Client {
        @Override
        public String name() {
            return "s3ds";
        }

        @Override
        public void put(Block block) throws Exception {
            store.put(Key.of(block.key()), block.value());
        }

        @Override
        public byte[] get(Block block) throws Exception {
            return store.get(Key.of(block.key())).orElseThrow();
        }

        @Override
        public boolean has(Block block) throws Exception {
            return store.has(Key.of(block.key()));
        }

        @Override
        public void batch(List<Block> blocks) throws Exception {
            Batch batch = store.batch();
            for (Block block : blocks) {
                batch.put(Key.of(block.key()), block.value());
            }
            batch.commit();
        }

        @Override
        public int list(String folder) throws Exception {
            int count = 0;
            try (Results keys = listed.query(Query.keys(Key.ROOT))) {
                while (keys.next().isPresent()) {
                    count++;
                }
            }
            return count;
        }
    }

    /** As a program would write it that has the SDK and no store: default settings, but for as many connections. */
    private record Sdk(S3Client s3) implements Client {
        @Override
        public String name() {
            return "sdk";
        }

        @Override
        public void put(Block block) {
            s3.putObject(r -> r.bucket(BUCKET).key("sdk/" + block.key()), RequestBody.fromBytes(block.value()));
        }

        @Override
        public byte[] get(Block block) {
            return s3.getObjectAsBytes(r -> r.bucket(BUCKET).key("sdk/" + block.key()))
                    .asByteArrayUnsafe();
        }

        @Override
        public boolean has(Block block) {
            return s3.headObject(r -> r.bucket(BUCKET).key("sdk/" + block.key()))
                            .contentLength()
                    > 0;
        }

        @Override
        public void batch(List<Block> blocks) throws Exception {
            run(64, blocks, this::put);
        }

        @Override
        public int list(String folder) {
            return (int) s3.listObjectsV2Paginator(r -> r.bucket(BUCKET).prefix(folder)).contents().stream()
                    .count();
        }
    }

    private interface Step {
        void run(Block block) throws Exception;
    }

    /** How often each cell is run: enough for a second or two on two cores that the server has to share. */
    private static int operations(int size, int threads, int percent) {
        int base = size > 100_000 ? 400 : 1_600;
        return (threads == 1 ? base / 4 : base) * percent / 100;
    }

    public static void main(String[] arguments) throws Exception {
        URI endpoint = URI.create(arguments[0]);
        int percent = Integer.parseInt(arguments[3]);
        Apache5HttpClient.Builder connections = Apache5HttpClient.builder().maxConnections(128);
        S3Config config =
                S3Config.of(BUCKET, "us-east-1").withEndpoint(endpoint).withKeys(arguments[1], arguments[2]);
        StoreContext context = new StoreContext(Path.of("").toAbsolutePath(), Metrics.none(), Map.of());
        try (Datastore store = config.withRootDirectory("s3ds").open(context);
                Datastore listed = config.withRootDirectory("listed").open(context);
                S3Client s3 = S3Client.builder()
                        .endpointOverride(endpoint)
                        .forcePathStyle(true)
                        .region(Region.US_EAST_1)
                        .credentialsProvider(StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(arguments[1], arguments[2])))
                        .httpClientBuilder(connections)
                        .build()) {
            s3.createBucket(r -> r.bucket(BUCKET));
            List<Client> clients = List.of(new Store(store, listed), new Sdk(s3));
            run(64, blocks(LISTED, 10, "listed"), block -> listed.put(Key.of(block.key()), block.value()));
            warmUp(clients);
            for (int size : new int[] {4 << 10, 256 << 10}) {
                for (int threads : new int[] {1, 16, 64}) {
                    measure(clients, size, threads, percent);
                }
                for (Client client : clients) {
                    List<Block> blocks = blocks(BATCH, size, client.name() + "batch");
                    cell(client, "batch", size, 1, BATCH, () -> client.batch(blocks));
                }
            }
            for (Client client : clients) {
                cell(client, "list", 0, 1, LISTED, () -> check(LISTED, client.list("listed/")));
            }
        }
    }

    private static void warmUp(List<Client> clients) throws Exception {
        for (Client client : clients) {
            for (int size : new int[] {4 << 10, 256 << 10}) {
                List<Block> blocks = blocks(size > 100_000 ? 150 : 800, size, client.name() + "warm");
                run(16, blocks, client::put);
                for (int i = 0; i < 2; i++) {
                    run(16, blocks, client::get);
                    run(16, blocks, client::has);
                }
            }
            client.batch(blocks(200, 4 << 10, client.name() + "warm2"));
            client.list("listed/");
        }
    }

    private static void measure(List<Client> clients, int size, int threads, int percent) throws Exception {
        for (Client client : clients) {
            List<Block> blocks = blocks(operations(size, threads, percent), size, client.name() + threads);
            cell(client, "put", size, threads, blocks.size(), () -> run(threads, blocks, client::put));
            List<Block> twice = new ArrayList<>(blocks);
            twice.addAll(blocks);
            cell(
                    client,
                    "get",
                    size,
                    threads,
                    twice.size(),
                    () -> run(threads, twice, block -> check(size, client.get(block).length)));
            cell(
                    client,
                    "has",
                    size,
                    threads,
                    twice.size(),
                    () -> run(threads, twice, block -> check(1, client.has(block) ? 1 : 0)));
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void cell(Client client, String operation, int size, int threads, int operations, Work work)
            throws Exception {
        System.gc();
        long cpu = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuMillis = (PROCESS.getProcessCpuTime() - cpu) / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%s\t%s\t%d\t%d\t%d\t%.3f\t%.1f%n",
                client.name(),
                operation,
                size,
                threads,
                operations,
                seconds,
                cpuMillis);
    }

    private static void check(int expected, int found) {
        if (expected != found) {
            throw new IllegalStateException(found + " instead of " + expected);
        }
    }

    /** In that many threads, each taking the next block. */
    private static void run(int threads, List<Block> blocks, Step step) throws Exception {
        AtomicInteger next = new AtomicInteger();
        Callable<Boolean> worker = () -> {
            for (int i = next.getAndIncrement(); i < blocks.size(); i = next.getAndIncrement()) {
                step.run(blocks.get(i));
            }
            return true;
        };
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(worker));
            }
            for (Future<Boolean> each : all) {
                each.get();
            }
        }
    }

    /** Distinct blocks, with the keys that a Blockstore gives them, in no order. */
    private static List<Block> blocks(int count, int size, String seed) {
        List<Block> blocks = new ArrayList<>();
        byte[] random = new byte[size];
        new Random(seed.hashCode()).nextBytes(random);
        for (int i = 0; i < count; i++) {
            byte[] value = ByteBuffer.wrap(random.clone())
                    .putInt(0, i)
                    .putInt(4, seed.hashCode())
                    .array();
            byte[] multihash = HashFunction.SHA2_256.hash(value).toBytes();
            blocks.add(new Block(Multibase.BASE32_UPPER.encode(multihash).substring(1), value));
        }
        blocks.sort(Comparator.comparing(Block::key));
        Collections.shuffle(blocks, new Random(1));
        return blocks;
    }
}
