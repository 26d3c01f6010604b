package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Metrics;
import org.s3ds.embedded.EmbeddedS3;

/**
 * The files that a block passes between the command line and S3: six, in this order, as docs/design.md says. A new
 * layer is argued for there, and then added here.
 */
class ReadingPathTest {
    private static final List<String> PATH = List.of(
            "cli.Main",
            "cli.BlockCommand",
            "node.blocks.Blockstore",
            "datastore.MountDatastore",
            "s3.S3Datastore",
            "s3.S3Objects");

    /**
     * May stand between: the spec names them (measure, log), they count the request that this test sees, or S3Objects
     * has its own attempts made through them (tried again, shared with others who ask the same).
     */
    private static final Set<String> BETWEEN = Set.of(
            "datastore.MeasuredDatastore",
            "datastore.MeasuredCalls",
            "datastore.LogDatastore",
            // S3Datastore has its requests made through what knows which of them can be left out
            "s3.index.PlaceIndex",
            "s3.Calls",
            "s3.SharedGets",
            "s3.RequestCount",
            "s3.S3Meters");

    @TempDir
    Path directory;

    @Test
    void aBlockPassesSixFilesOnItsWayToTheBucketAndBack() throws Exception {
        Files.createDirectories(directory.resolve("server/blocks"));
        try (EmbeddedS3 server = EmbeddedS3.start(directory.resolve("server"))) {
            PassedFiles passed = new PassedFiles();
            Cli cli = new Cli(directory).counting(passed);
            Files.writeString(directory.resolve("secret"), server.secretKey());
            run(
                    cli,
                    "init",
                    "--bucket=blocks",
                    "--region=us-east-1",
                    "--endpoint=" + server.endpoint(),
                    "--access-key=" + server.accessKey(),
                    "--secret-key-file=secret");

            passed.clear();
            String cid = cli.pipe("a block".getBytes(StandardCharsets.UTF_8), "block", "put")
                    .out()
                    .strip();
            assertEquals(List.of(PATH), passed.ofEachRequest());

            passed.clear();
            assertEquals("a block", run(cli, "block", "get", cid));
            assertEquals(List.of(PATH), passed.ofEachRequest());
        }
    }

    private static String run(Cli cli, String... arguments) {
        Cli.Result result = cli.run(arguments);
        assertEquals(0, result.exit(), result.err());
        return result.out();
    }

    /** At each request that is counted, the files on the stack, outermost first. */
    private static final class PassedFiles implements Metrics {
        private final List<List<String>> requests = new ArrayList<>();

        void clear() {
            requests.clear();
        }

        /** Whose the place is, and what is there, is found out once, on threads of their own. */
        private void add(List<String> files) {
            if (!Set.of("s3.WatchedTenure", "s3.Claims", "s3.index.Loader", "s3.RangeWalk")
                    .contains(files.getFirst())) {
                requests.add(files);
            }
        }

        List<List<String>> ofEachRequest() {
            return requests;
        }

        @Override
        public Counter counter(String name, String help, Map<String, String> labels) {
            return name.equals("s3ds.requests") ? amount -> add(files()) : amount -> {};
        }

        @Override
        public Histogram histogram(String name, String help, Map<String, String> labels, List<Double> buckets) {
            return value -> {};
        }

        @Override
        public Gauge gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
            return () -> {};
        }

        private static List<String> files() {
            List<String> files = new ArrayList<>();
            List<StackWalker.StackFrame> frames = StackWalker.getInstance().walk(stack -> stack.toList());
            for (StackWalker.StackFrame frame : frames.reversed()) {
                String type = frame.getClassName();
                String file = type.replaceFirst("\\$.*", "").replaceFirst("^org\\.s3ds\\.", "");
                boolean isOurs = type.startsWith("org.s3ds.") && !type.contains("Test") && !file.equals("cli.Cli");
                if (isOurs
                        && !BETWEEN.contains(file)
                        && (files.isEmpty() || !files.getLast().equals(file))) {
                    files.add(file);
                }
            }
            return files;
        }
    }
}
