package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and the program it starts, as a process: runs after the program was packaged. */
@Tag("packaged")
class LauncherTest {
    @TempDir
    Path directory;

    private LauncherProcess.Result launch(String... arguments) throws Exception {
        return launch(Map.of(), arguments);
    }

    private LauncherProcess.Result launch(Map<String, String> more, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(LauncherProcess.launcher().toString()));
        command.addAll(List.of(arguments));
        return process(more, command);
    }

    private LauncherProcess.Result process(Map<String, String> more, List<String> command) throws Exception {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "LC_ALL", "C",
                "PATH", "/usr/bin:/bin",
                "HOME", directory.toString(),
                "S3DS_JAVA_HOME", System.getProperty("java.home"),
                "S3DS_MAVEN", "/bin/false"));
        environment.putAll(more);
        return LauncherProcess.run(directory, environment, command);
    }

    @Test
    void theProgramStartsWithoutBeingBuiltAgain() throws Exception {
        assertEquals(new LauncherProcess.Result(0, "s3ds version 0.1.0\n", ""), launch("version"));
    }

    @Test
    void closedStreamsAreNotTakenForFilesThatJavaOpens() throws Exception {
        String launcher = "'" + LauncherProcess.launcher() + "' ";
        LauncherProcess.Result read = process(Map.of(), List.of("sh", "-c", launcher + "cid base32 <&-"));
        assertEquals(
                "Error: argument \"cid\" is required",
                read.err().lines().toList().getLast());
        assertEquals(
                new LauncherProcess.Result(0, "", ""),
                process(Map.of(), List.of("sh", "-c", launcher + "version >&- 2>&-")));
    }

    @Test
    void namesOutsideAsciiPassUnderTheLocaleC() throws Exception {
        LauncherProcess.Result result = launch("日本");
        assertEquals(new LauncherProcess.Result(1, "", "Error: Unknown Command \"日本\"\n\n"), result);
    }

    /** The tree "nested" of the recorded vectors. */
    @Test
    void aTreeHasTheSameCidUnderTheLocaleC() throws Exception {
        Path inner = Files.createDirectories(directory.resolve("nested/B"));
        Files.createDirectory(inner.resolve("empty"));
        Files.writeString(directory.resolve("nested/a.txt"), "a");
        Files.writeString(directory.resolve("nested/.hidden"), "h");
        Files.createSymbolicLink(directory.resolve("nested/link"), Path.of("a.txt"));
        Files.writeString(inner.resolve("é ü"), "unicode");
        Files.write(inner.resolve("z"), stream("t1", 300_000));
        Map<String, String> repo = Map.of("IPFS_PATH", directory.resolve("repo").toString());
        assertEquals(0, launch(repo, "init").exit());
        assertEquals(
                "QmWCSTTZg5GPkD84bp3fjBLEv1M7xZ3crZvo9kXm36QXtK\n",
                launch(repo, "add", "-r", "-Q", "nested").out());
    }

    private static byte[] stream(String seed, int size) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (long counter = 0; bytes.size() < size; counter++) {
            sha256.update(seed.getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(sha256.digest(
                    ByteBuffer.allocate(Long.BYTES).putLong(counter).array()));
        }
        return Arrays.copyOf(bytes.toByteArray(), size);
    }

    @Test
    void classesComeFromWhatWasLearntInTheRehearsal() throws Exception {
        LauncherProcess.Result result = launch(Map.of("S3DS_JAVA_OPTIONS", "-Xlog:class+load"), "version");
        assertTrue(result.out().contains(" org.s3ds.cli.VersionCommand source: shared objects file"), result.out());
    }

    @Test
    void aCacheThatDoesNotFitIsPassedOverInSilence() throws Exception {
        Map<String, String> options =
                Map.of("S3DS_JAVA_OPTIONS", "-XX:-UseSerialGC -XX:+UseZGC -XX:-UseCompressedOops");
        assertEquals(new LauncherProcess.Result(0, "s3ds version 0.1.0\n", ""), launch(options, "version"));
    }

    @Test
    void theVersionNeedsNoneOfTheLargeLibraries() throws Exception {
        // without the cache, which brings along all that the rehearsal needed
        Map<String, String> options = Map.of("S3DS_JAVA_OPTIONS", "-XX:AOTMode=off -Xlog:class+load");
        LauncherProcess.Result result = launch(options, "version");
        assertTrue(result.out().contains(" org.s3ds.cli.VersionCommand "), "the log of classes is there");
        for (String name :
                List.of("tools.jackson.", "software.amazon.", "org.iq80.", "org.gaul.", "org.bouncycastle.")) {
            assertFalse(result.out().contains(" " + name), name);
        }
    }
}
