package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.MemoryMetrics;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.Multicodec;

/** Commands on a bucket of a server of their own, with their requests counted. */
abstract class CountedRequests {
    @RegisterExtension
    static final FolderServer server = new FolderServer();

    private static int buckets;

    @TempDir
    Path directory;

    final MemoryMetrics metrics = new MemoryMetrics();
    Cli cli = new Cli(Path.of(""));
    String bucket = "";
    private Map<String, Long> before = Map.of();
    Map<String, Long> ofInit = Map.of();

    @BeforeEach
    void begin() throws Exception {
        cli = server.user(directory).counting(metrics);
        bucket = server.bucket("requests" + ++buckets);
    }

    void init(String endpoint, String rootDirectory, String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of("--root-directory", rootDirectory));
        options.addAll(List.of(more));
        Cli.Result result =
                cli.run(server.options("init", bucket, URI.create(endpoint), options.toArray(String[]::new)));
        assertEquals(0, result.exit(), result.err());
        ofInit = requests();
    }

    void init() throws IOException {
        init(server.endpoint().toString(), "");
    }

    /** The requests by kind since the last call, without those of which there were none. */
    Map<String, Long> requests() {
        SortedMap<String, Long> now = metrics.counters("s3ds.requests", "operation");
        Map<String, Long> more = new TreeMap<>();
        now.forEach((operation, count) -> {
            long grown = count - before.getOrDefault(operation, 0L);
            if (grown > 0) {
                more.put(operation, grown);
            }
        });
        before = now;
        return more;
    }

    /** With those by which a session claims the bucket before its first write: init has made it this repo's alone. */
    static Map<String, Long> claimed(Map<String, Long> requests) {
        Map<String, Long> all = new TreeMap<>(requests);
        List.of("list", "get", "put", "delete").forEach(each -> all.merge(each, 1L, Long::sum));
        return all;
    }

    String run(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals(0, result.exit(), result.err());
        return result.out().strip();
    }

    long objects() throws IOException {
        try (Stream<Path> files = Files.walk(server.folder().resolve(bucket))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    static Cid missing(int number) {
        byte[] content = ByteBuffer.allocate(4).putInt(number).array();
        return Cid.v1(Multicodec.RAW, HashFunction.SHA2_256.hash(content));
    }

    /** Lays blocks of four bytes into the server's folder; gives how many there are with the one of init. */
    int layBlocks(String rootDirectory, int count) throws IOException {
        Path folder = server.folder().resolve(bucket).resolve(rootDirectory);
        for (int i = 0; i < count; i++) {
            byte[] hash = missing(i).hash().toBytes();
            Files.write(
                    folder.resolve(Multibase.BASE32_UPPER.encode(hash).substring(1)),
                    ByteBuffer.allocate(4).putInt(i).array());
        }
        return count + 1;
    }
}
