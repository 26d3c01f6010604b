package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the recorded exchanges do not show of {@code add}, {@code cat}, {@code get}, {@code ls} and {@code refs}. */
class FilesTest {
    private static final String HELLO = "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD";

    @TempDir
    static Path directory;

    private static Cli cli;

    @BeforeAll
    static void init() throws IOException {
        cli = new Cli(directory);
        assertEquals(0, cli.run("init").exit());
        Files.writeString(directory.resolve("hello.txt"), "hello world");
    }

    @Test
    void wrappingRefusesTwoPathsOfOneName() throws IOException {
        file("one/same", "1");
        file("two/same", "2");
        Cli.Result result = cli.run("add", "-w", "one/same", "two/same");
        assertEquals(
                "Error: two of the paths have the name \"same\", and one directory can hold one of them:"
                        + " rename one, or add them one by one",
                result.firstErrorLine());
        assertEquals(1, result.exit());
        assertEquals(2, cli.run("add", "one/same", "two/same").out().lines().count());
    }

    @Test
    void namesThatCannotBePrintedAreEscaped() throws IOException {
        file("odd/a\nb\\", "x");
        assertTrue(cli.run("add", "-r", "odd").out().contains(" odd/a\\nb\\\\\n"));
    }

    @Test
    void quieterPrintsTheLastCidAlone() throws IOException {
        file("quiet/hello.txt", "hello world");
        assertEquals(
                "QmNxvA5bwvPGgMXbmtyhxA1cKFdvQXnsGnZLCGor3AzYxJ\n",
                cli.run("add", "-r", "-Q", "quiet").out());
        assertEquals("", cli.run("add", "-r", "--silent", "quiet").out());
    }

    @Test
    void ignoreRulesComeFromAFileAndFromOptions() throws IOException {
        file("ignored/a.log", "");
        file("ignored/keep.log", "");
        file("ignored/b.tmp", "");
        file("ignored/deep/c.tmp", "");
        file("rules", "# comment\n*.log\n!keep.log\n");
        Cli.Result result = cli.run("add", "-r", "--ignore-rules-path", "rules", "--ignore", "deep/*.tmp", "ignored");
        assertEquals(
                List.of("ignored/b.tmp", "ignored/keep.log", "ignored/deep", "ignored"),
                result.out().lines().map(line -> line.split(" ", 3)[2]).toList());
    }

    @Test
    void optionsThatContradictAreRefusedInKubosWords() {
        assertEquals(
                "Error: pin-name option requires pin to be set",
                error("add", "--pin=false", "--pin-name=x", "hello.txt"));
        assertEquals(
                "Error: pin name is 256 bytes (max 255 bytes)",
                error("add", "--pin-name=" + "x".repeat(256), "hello.txt"));
        assertEquals(
                "Error: option \"mtime-nsecs\" requires \"mtime\" to be provided as well",
                error("add", "--mtime-nsecs=5", "hello.txt"));
        assertEquals(
                "Error: raw-leaves can't be used with UnixFS metadata like mode or modification time",
                error("add", "--raw-leaves", "--mode=0644", "hello.txt"));
        assertEquals(
                "Error: CIDv0 only supports sha2-256", error("add", "--cid-version=0", "--hash=blake3", "hello.txt"));
        assertEquals("Error: compression level must be between 1 and 9", error("get", "-C", "-l", "10", HELLO));
        assertEquals("Error: cannot specify negative length", error("cat", "-l", "-1", HELLO));
        assertEquals(
                "Error: using format argument with edges is not allowed", error("refs", "-e", "--format=<src>", HELLO));
        assertEquals(
                "Error: strconv.ParseInt: parsing \"x\": invalid syntax", error("add", "--cid-version=x", "hello.txt"));
    }

    @Test
    void theConfigDecidesWhatOptionsDoNot() throws IOException {
        Cli other = new Cli(Files.createDirectory(directory.resolve("other")));
        Files.writeString(other.directory().resolve("hello.txt"), "hello world");
        assertEquals(0, other.run("init", "--profile=unixfs-v1-2025").exit());
        assertEquals(
                "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e\n",
                other.run("add", "-q", "hello.txt").out());
        assertEquals(
                HELLO + "\n",
                other.run("add", "-q", "--cid-version=0", "--raw-leaves=false", "hello.txt")
                        .out());
    }

    @Test
    void offsetAndLengthCountOverAllFiles() throws IOException {
        cli.run("add", "hello.txt");
        assertEquals("ldhel", cli.run("cat", "-o", "9", "-l", "5", HELLO, HELLO).out());
        assertEquals("o", cli.run("cat", "-o", "15", "-l", "1", HELLO, HELLO).out());
        assertEquals("", cli.run("cat", "-l", "0", HELLO).out());
    }

    @Test
    void getGivesBackModesAndTimes() throws IOException {
        Path file = file("kept/a", "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_600_000_000)));
        String cid = cli.run("add", "-r", "-Q", "--preserve-mode", "--preserve-mtime", "kept")
                .out()
                .strip();
        assertTrue(cli.run("ls", "-l", cid).out().matches("-rwxr-x--- Qm\\w+ 1 Sep 13  2020 a\n"));
        assertEquals(
                "Saving file(s) to back\n", cli.run("get", cid, "-o", "back").out());
        Path back = directory.resolve("back/a");
        assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(back)));
        assertEquals(
                Instant.ofEpochSecond(1_600_000_000),
                Files.getLastModifiedTime(back).toInstant());
    }

    @Test
    void archivesAreNamedAndMadeAsKuboDoes() throws IOException {
        cli.run("add", "hello.txt");
        assertEquals(
                "Saving archive to a.tar\n",
                cli.run("get", "-a", "-o", "a", HELLO).out());
        assertEquals(
                "Saving archive to a.tar.gz\n",
                cli.run("get", "-a", "-C", "-o", "a", HELLO).out());
        assertEquals(
                "Saving archive to b.gz\n",
                cli.run("get", "-C", "-l", "9", "-o", "b", HELLO).out());
        assertArrayEquals("hello world".getBytes(StandardCharsets.UTF_8), unzipped(directory.resolve("b.gz")));
        String entry = new String(unzipped(directory.resolve("a.tar.gz")), StandardCharsets.US_ASCII);
        assertTrue(entry.startsWith(HELLO + "\0"));
        assertTrue(Files.readString(directory.resolve("a.tar")).startsWith(HELLO + "\0"));
    }

    @Test
    void aFileIsSavedUnderItsNameInTheFolderOfTheUser() throws IOException {
        cli.run("add", "-w", "hello.txt");
        String path = "/ipfs/QmNxvA5bwvPGgMXbmtyhxA1cKFdvQXnsGnZLCGor3AzYxJ/hello.txt/";
        assertEquals("Saving file(s) to hello.txt\n", cli.run("get", path).out());
        assertEquals("hello world", Files.readString(directory.resolve("hello.txt")));
    }

    @Test
    void whereNothingCanBeSavedTheFileIsNamed() throws IOException {
        Files.writeString(directory.resolve("file"), "content");
        String cid = cli.run("add", "-Q", "file").out().strip();
        for (String option : new String[] {"--archive=false", "--archive"}) {
            Cli.Result result = cli.run("get", option, "-o", "missing/folder/x.tar", cid);
            assertEquals(
                    "Error: " + directory.resolve("missing/folder/x.tar") + ": no such file or directory\n",
                    result.err());
            assertEquals(1, result.exit());
        }
    }

    @Test
    void addAndLsPrintTextWhateverTheEncodingAsKuboDoes() {
        assertEquals(
                "added " + HELLO + " hello.txt\n",
                cli.run("add", "--enc=json", "hello.txt").out());
        String wrapped = cli.run("add", "-w", "-Q", "hello.txt").out().strip();
        assertEquals(
                HELLO + " 11 hello.txt\n", cli.run("ls", "--enc=json", wrapped).out());
    }

    @Test
    void aListingInTheOrderOfTheBlocksHasWideColumns() throws IOException {
        file("streamed/a", "x");
        String cid = cli.run("add", "-r", "-Q", "streamed").out().strip();
        assertTrue(cli.run("ls", "-s", cid).out().matches("Qm\\w+ 1         a\n"));
        assertTrue(
                cli.run("ls", "--size=false", "--resolve-type=false", cid).out().matches("Qm\\w+ a\n"));
    }

    private static String error(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals(1, result.exit());
        return result.firstErrorLine();
    }

    private static byte[] unzipped(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    private static Path file(String name, String content) throws IOException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, content);
    }
}
