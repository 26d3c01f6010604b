package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code try}, from what is given to what is said and left behind. */
class TryTest {
    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));

    @BeforeEach
    void here() {
        cli = new Cli(directory);
    }

    @Test
    void aFileIsStoredShownReadBackAndTheFolderRemoved() throws Exception {
        Files.write(directory.resolve("file"), randomBytes(700_000));
        Cli.Result result = cli.run("try", "file");
        assertEquals(0, result.exit(), result.err());
        assertLine(result, "CID          " + cidOf("file"));
        assertLine(result, "blocks       4 in the bucket");
        assertLine(result, "byte for byte");
        assertLine(result, "S3 requests  4 get, 3 list, 5 put");
        assertEquals(List.of("file"), names(directory));
    }

    @Test
    void anEmptyFileAndAnEmptyFolderToo() throws Exception {
        Files.createFile(directory.resolve("empty"));
        Files.createDirectory(directory.resolve("folder"));
        assertLine(cli.run("try", "empty"), "QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH");
        assertLine(cli.run("try", "folder"), "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn");
    }

    @Test
    void aTreeWithOddNames() throws Exception {
        Path tree = Files.createDirectories(directory.resolve("tree/日本 語/a b"));
        for (String name :
                List.of("a+b", "a%b", "ä", "\uD83D\uDE00", "line\nbreak", "-n", "\\", "q\"'`$x", "~", "*?")) {
            Files.writeString(tree.resolve(name), name);
        }
        Files.createSymbolicLink(tree.resolve("link"), Path.of("../nowhere"));
        Files.createDirectory(tree.resolve("empty"));
        Files.writeString(tree.resolve(".hidden"), "left out");
        Cli.Result result = cli.run("try", "tree");
        assertEquals(0, result.exit(), result.err());
        assertLine(result, "byte for byte");
    }

    @Test
    void whatIsKeptIsARepo() throws Exception {
        Files.writeString(directory.resolve("hello.txt"), "hello\n");
        Cli.Result result = cli.run("try", "--keep", "kept", "hello.txt");
        assertEquals(0, result.exit(), result.err());
        Cli kept = cli.with("IPFS_PATH", directory.resolve("kept").toString());
        assertEquals(
                "hello\n",
                kept.run("cat", "QmZULkCELmmk5XNfCgTnCyFgAVxBRBXyDHGGMVoLFLiXEN")
                        .out());
    }

    @Test
    void theFolderItWorksInIsNotPartOfWhatItStores() throws Exception {
        Files.writeString(directory.resolve("hello.txt"), "hello\n");
        Cli.Result result = cli.run("try", ".");
        assertEquals(0, result.exit(), result.err());
        assertLine(result, "blocks       2 in the bucket");
        assertEquals(List.of("hello.txt"), names(directory));
        Path kept = directory.resolve("new/kept");
        assertEquals(
                "Error: the folder to keep, " + kept
                        + ", would be inside what is to be stored: give --keep one outside",
                cli.run("try", "--keep", "new/kept", ".").firstErrorLine());
        assertEquals(List.of("hello.txt"), names(directory));
    }

    @Test
    void aFolderThatIsNotEmptyIsNotTaken() throws Exception {
        Files.writeString(directory.resolve("hello.txt"), "hello\n");
        Cli.Result result = cli.run("try", "--keep", ".", "hello.txt");
        assertEquals(1, result.exit());
        assertTrue(result.err().startsWith("Error: " + directory), result.err());
        assertTrue(result.err().contains("is not empty: give --keep a new folder"), result.err());
        assertEquals(List.of("hello.txt"), names(directory));
    }

    @Test
    void givenNothingItSaysWhatItWants() {
        Cli.Result result = cli.run("try");
        assertEquals(1, result.exit());
        assertEquals(
                "Error: try wants one file or folder to store and read back, and got none", result.firstErrorLine());
    }

    @Test
    void whatIsNotThereIsNamedAndNothingLeftBehind() throws Exception {
        Cli.Result result = cli.run("try", "absent");
        assertEquals(1, result.exit());
        assertTrue(result.firstErrorLine().contains("absent"), result.err());
        assertEquals(List.of(), names(directory));
    }

    private String cidOf(String file) throws IOException {
        Cli other = new Cli(Files.createTempDirectory("s3ds-test-"));
        other.run("init");
        return other.pipe(Files.readAllBytes(directory.resolve(file)), "add", "-nQ")
                .out()
                .strip();
    }

    private static byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static void assertLine(Cli.Result result, String part) {
        assertTrue(
                result.out().lines().anyMatch(line -> line.contains(part)),
                () -> "no line with '" + part + "' in:\n" + result.out() + result.err());
    }
}
