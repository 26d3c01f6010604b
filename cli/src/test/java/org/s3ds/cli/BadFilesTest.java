package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told whose files cannot be added, and what becomes of those beside them. */
class BadFilesTest {
    @TempDir
    private static Path shared;

    private static Cli cli = new Cli(Path.of(""));

    @TempDir
    Path directory;

    @BeforeAll
    static void init() {
        cli = new Cli(shared);
        assertEquals(0, cli.run("init").exit());
    }

    private Path file = Path.of("");

    @BeforeEach
    void begin() throws IOException {
        file = Files.writeString(directory.resolve("file"), "before");
    }

    private interface Deed {
        void run() throws IOException;
    }

    /** Standard input that does something when it is read: it is read first, after the files were looked at. */
    private static InputStream doing(Deed deed) {
        return new InputStream() {
            private boolean done;

            @Override
            public int read() throws IOException {
                if (!done) {
                    done = true;
                    deed.run();
                }
                return -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };
    }

    private void assertError(String sentence, Deed deed) {
        Cli.Result result = cli.runOn(doing(deed), "add", "-", file.toString());
        assertEquals("Error: " + sentence, result.firstErrorLine());
        assertEquals(1, result.exit());
        String empty = "QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH";
        assertEquals("added " + empty + " " + empty + "\n", result.out(), "what came before is added");
    }

    @Test
    void aFileThatGrowsWhileItIsAdded() {
        assertError(
                file + " changed while it was added: it had 6 bytes, then 12. Add it again when nothing writes to it;"
                        + " what it belongs to is not pinned",
                () -> Files.writeString(file, "and longer  "));
    }

    @Test
    void aFileThatIsReplacedWhileItIsAdded() {
        assertError(
                file + " changed while it was added. Add it again when nothing writes to it;"
                        + " what it belongs to is not pinned",
                () -> {
                    Path other = Files.writeString(directory.resolve("other"), "behind");
                    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                });
    }

    /** The target could be anything that the user may read; not a byte of it is stored. */
    @Test
    void aFileThatBecomesASymlinkBeforeItsTurn() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "geheim");
        assertError(
                "open " + file + ": it has become a symlink since it was looked at; what it belongs to is not pinned",
                () -> {
                    Files.delete(file);
                    Files.createSymbolicLink(file, secret);
                });
        String cid = cli.run("add", "-nQ", secret.toString()).out().strip();
        assertEquals(1, cli.run("block", "stat", cid).exit(), "its block");
    }

    /** The kernel says that they are empty, and makes up their content when they are read. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /proc")
    void aFileOfTheKernelIsAddedAsItReads() throws Exception {
        Cli.Result result = cli.run("add", "-Q", "/proc/version");
        assertEquals("", result.err());
        assertEquals(
                Files.readString(Path.of("/proc/version")),
                cli.run("cat", result.out().strip()).out());
    }

    @Test
    void aFileThatVanishesBeforeItsTurn() {
        assertError(
                "open " + file + ": no such file or directory; what it belongs to is not pinned",
                () -> Files.delete(file));
    }

    @Test
    void aFileThatIsNotThereAtAll() {
        Cli.Result result = cli.run("add", directory.resolve("none").toString());
        assertEquals(
                "Error: lstat " + directory.resolve("none") + ": no such file or directory", result.firstErrorLine());
        assertEquals(1, result.exit());
    }

    /** Java cannot make such a name, a shell can. */
    @Test
    void aNameThatIsNotUtf8IsRefusedByNameAndTheRestGoesOn() throws Exception {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        shell("touch \"$(printf 'bad\\377')\"", tree);
        Files.writeString(tree.resolve("good"), "good");
        Cli.Result result = cli.run("add", "-r", tree.toString());
        assertEquals("Error: " + tree + "/bad\uFFFD was not added: its name is not UTF-8\n", result.err());
        assertEquals(
                List.of("tree/good", "tree"),
                result.out().lines().map(line -> line.split(" ", -1)[2]).toList());
        assertEquals(1, result.exit());
        shell("touch \"$(printf 'worse\\377')\"", tree);
        Cli.Result two = cli.run("add", "-r", tree.toString());
        assertEquals(
                List.of(
                        tree + "/bad\uFFFD was not added: its name is not UTF-8",
                        tree + "/worse\uFFFD was not added: its name is not UTF-8",
                        "Error: 2 files were not added, the rest was"),
                two.err().lines().toList());
        assertEquals(1, two.exit());
    }

    /** What Java makes of bytes in an argument that are not UTF-8. */
    @Test
    void anArgumentThatIsNotUtf8IsRefusedByNameAndTheRestGoesOn() {
        String bad = directory.resolve("bad\uFFFD").toString();
        Cli.Result result = cli.run("add", bad, file.toString());
        assertEquals("Error: " + bad + " was not added: its name is not UTF-8\n", result.err());
        assertTrue(result.out().endsWith(" file\n"), result.out());
        assertEquals(1, result.exit());
    }

    @Test
    void whatIsNeitherFileNorFolderNorSymlink() throws Exception {
        shell("mkfifo pipe", directory);
        Cli.Result result = cli.run("add", directory.resolve("pipe").toString());
        assertTrue(
                result.firstErrorLine().startsWith("Error: unrecognized file type for " + directory.resolve("pipe")),
                result.err());
        assertEquals(1, result.exit());
    }

    private static void shell(String script, Path folder) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("sh", "-c", script)
                        .directory(folder.toFile())
                        .start()
                        .waitFor());
    }
}
