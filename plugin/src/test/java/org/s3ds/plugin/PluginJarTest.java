package org.s3ds.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.PluginApi;
import org.s3ds.embedded.EmbeddedS3;

/**
 * The jar as it is delivered, in a node that has no s3ds itself: each command a process of its own, without the jars of
 * the program that hold s3ds, and where the embedded server does not need them, without those of the AWS SDK.
 */
@Tag("packaged")
class PluginJarTest {
    private static final List<String> S3DS = List.of("org/s3ds/s3/");
    private static final List<String> S3DS_AND_ALL_BELOW =
            List.of("org/s3ds/s3/", "software/amazon/", "org/apache/hc/");

    @TempDir
    Path directory;

    private List<String> without = S3DS_AND_ALL_BELOW;

    /** How a process ended, and what it printed: a character for each byte. */
    private record Result(int exit, String out, String err) {}

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("s3ds-plugin-[0-9].*\\.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }

    /** The program without some packages. */
    private String classPath() throws IOException {
        List<String> kept = new ArrayList<>();
        try (Stream<Path> jars = Files.list(Path.of("../cli/target/app"))) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                if (!isLeftOut(jar)) {
                    kept.add(jar.toAbsolutePath().normalize().toString());
                }
            }
        }
        return String.join(File.pathSeparator, kept);
    }

    private boolean isLeftOut(Path jar) throws IOException {
        try (JarFile open = new JarFile(jar.toFile())) {
            return open.stream()
                    .map(JarEntry::getName)
                    .anyMatch(name -> without.stream().anyMatch(name::startsWith));
        }
    }

    private Result process(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.library.path="
                        + Path.of("../cli/target/app").toAbsolutePath().normalize(),
                "-cp",
                classPath(),
                "org.s3ds.cli.Main"));
        command.addAll(List.of(arguments));
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(new TreeMap<>(Map.of(
                "IPFS_PATH", directory.resolve("repo").toString(), "HOME", directory.toString(), "LC_ALL", "C.UTF-8")));
        Process process = builder.start();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        process.getInputStream().transferTo(out);
        return new Result(process.waitFor(), out.toString(StandardCharsets.ISO_8859_1), Files.readString(err));
    }

    private Result run(String... arguments) throws Exception {
        Result result = process(arguments);
        assertEquals(0, result.exit(), result.err());
        return result;
    }

    private static String[] init(EmbeddedS3 server) {
        return new String[] {
            "init",
            "--bucket=blocks",
            "--region=us-east-1",
            "--endpoint=" + server.endpoint(),
            "--access-key=" + server.accessKey(),
            "--secret-key-file=secret"
        };
    }

    @Test
    void aNodeWithoutS3dsRunsEverythingWithThisJarAlone() throws Exception {
        Files.createDirectories(directory.resolve("server/blocks"));
        try (EmbeddedS3 server = EmbeddedS3.start(directory.resolve("server"))) {
            Files.writeString(directory.resolve("secret"), server.secretKey());
            Result without = process(init(server));
            assertEquals(1, without.exit());
            assertTrue(without.err().contains("unknown datastore type: s3ds"), without.err());

            String installed = run("plugin", "install", jar().toString()).out();
            assertTrue(installed.startsWith("installed s3-datastore-plugin "), installed);
            run(init(server));
            storeAndReadBack();
            assertTrue(run("doctor").out().contains("works"), "the doctor finds it well");
            logIsTheNodes(server);
        }
    }

    private void storeAndReadBack() throws Exception {
        byte[] content = new byte[3 << 20];
        new Random(1).nextBytes(content);
        Files.write(Files.createDirectory(directory.resolve("tree")).resolve("file"), content);
        String tree = run("add", "-r", "-Q", "tree").out().strip();
        assertEquals(
                new String(content, StandardCharsets.ISO_8859_1),
                run("cat", tree + "/file").out());
        assertTrue(run("ls", tree).out().contains("file"));
        String block = run("refs", tree + "/file").out().lines().findFirst().orElseThrow();
        assertEquals(262_158, run("block", "get", block).out().length());
        assertTrue(run("block", "stat", block).out().contains("262158"));
        assertTrue(run("refs", "local").out().lines().count() >= 14);
    }

    /** What the store logs in the plugin is shown by the node, and only when it is asked to. */
    private void logIsTheNodes(EmbeddedS3 server) throws Exception {
        assertEquals("", run("refs", "local").err());
        String log = run("-D", "refs", "local").err();
        assertTrue(log.contains("DEBUG org.apache.hc.client5.http.headers"), log);
        assertFalse(log.contains("Signature="), log);
        assertFalse(log.contains(server.secretKey()), log);
    }

    /** The server has classes of another AWS SDK than the plugin's, of the same names. */
    @Test
    void theServerInsideTheProgramIsSpokenToThroughIt() throws Exception {
        without = S3DS;
        run("plugin", "install", jar().toString());
        run("init");
        Files.writeString(directory.resolve("file"), "hello");
        String cid = run("add", "-Q", "file").out().strip();
        assertEquals("hello", run("cat", cid).out());
    }

    @Test
    void itHoldsNothingOfTheNodeAndEveryLicence() throws Exception {
        try (JarFile open = new JarFile(jar().toFile())) {
            Attributes manifest = open.getManifest().getMainAttributes();
            assertEquals(
                    List.of(String.valueOf(PluginApi.VERSION), "s3-datastore-plugin"),
                    List.of(manifest.getValue(PluginApi.VERSION_ENTRY), manifest.getValue(PluginApi.NAME_ENTRY)));
            List<String> names = open.stream().map(JarEntry::getName).toList();
            assertEquals(
                    List.of(),
                    names.stream()
                            .filter(name -> name.endsWith(".class"))
                            .filter(
                                    name -> !name.matches(
                                            "(org/s3ds/(s3|plugin)|software/amazon|org/apache/hc|org/slf4j|org/reactivestreams|META-INF/versions/\\d+/(org/slf4j|software/amazon|org/apache/hc))/.*"))
                            .toList());
            assertTrue(
                    names.containsAll(List.of(
                            "META-INF/LICENSE",
                            "META-INF/NOTICE",
                            "META-INF/licenses/s3ds.txt",
                            "META-INF/licenses/slf4j.txt",
                            "META-INF/licenses/reactive-streams.txt")),
                    "licences");
            assertEquals(
                    "org.s3ds.s3.S3StoreType",
                    new String(
                                    open.getInputStream(open.getEntry("META-INF/services/org.s3ds.datastore.StoreType"))
                                            .readAllBytes(),
                                    StandardCharsets.UTF_8)
                            .strip());
        }
    }
}
