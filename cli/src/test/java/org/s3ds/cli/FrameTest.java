package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class FrameTest {
    @TempDir
    Path directory;

    @Test
    void anUnknownCommandIsNamed() {
        Cli.Result result = new Cli(directory).run("nonsense");
        assertEquals("Error: Unknown Command \"nonsense\"\n\n", result.err());
        assertEquals("", result.out());
        assertEquals(1, result.exit());
    }

    @Test
    void anUnknownOptionIsNamedWithoutItsDashesAndValue() {
        Cli cli = new Cli(directory);
        assertEquals(
                "Error: unknown option \"nonsense\"\n",
                cli.run("version", "--nonsense").err());
        assertEquals(
                "Error: unknown option \"nonsense\"\n",
                cli.run("version", "--nonsense=1").err());
        assertEquals("Error: unknown option \"z\"\n", cli.run("version", "-z").err());
    }

    @Test
    void aFlagMayBeGivenAsFalseOrTrue() {
        Cli cli = new Cli(directory);
        assertEquals("s3ds version 0.1.0\n", cli.run("version", "-n=false").out());
        assertEquals(
                "s3ds version 0.1.0\n", cli.run("version", "--number=false").out());
        assertEquals("0.1.0\n", cli.run("version", "--number=true").out());
        assertEquals("0.1.0\n", cli.run("version", "-n").out());
    }

    @Test
    void whatCannotBePrintedIsAFailure() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(full, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                directory,
                Map.of(),
                true,
                false,
                false);
        assertEquals(1, Main.run(terminal, "version"));
        assertEquals(
                "Error: not everything could be written to standard output: it was closed, or its disk is full\n",
                err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void tooManyArgumentsAreCountedAndTheUsageFollows() {
        Cli.Result result = new Cli(directory).run("version", "a", "b");
        assertEquals("Error: expected 0 argument(s), got 2", result.firstErrorLine());
        assertTrue(result.err().contains("\nUSAGE\n  s3ds version - "), result.err());
        assertEquals(1, result.exit());
    }

    @Test
    void theOptionsOfEveryCommandStandAnywhere() {
        Cli cli = new Cli(directory);
        assertEquals(
                "0.1.0\n",
                cli.run("--offline", "--timeout", "5s", "version", "-n").out());
        assertEquals(
                "0.1.0\n",
                cli.run("version", "--timeout=5s", "-n", "--cid-base", "base32").out());
    }

    @Test
    void aTimeoutThatIsNoDurationIsRefused() {
        assertEquals(
                "Error: time: invalid duration \"soon\"",
                new Cli(directory).run("version", "--timeout=soon").firstErrorLine());
    }

    @Test
    void helpTellsOptionsDefaultsAndAnExample() {
        String help = new Cli(directory).run("version", "--help").out();
        assertTrue(help.contains("--number, -n"), help);
        assertTrue(help.contains("EXAMPLE"), help);
        assertTrue(help.contains("--repo-dir, --config, -c <dir>"), help);
    }

    @Test
    void aCommandIsInterruptedWhenItsTimeIsOver() throws Exception {
        Cli cli = new Cli(directory);
        cli.run("init");
        Cli.Result result = cli.runOn(new PipedInputStream(new PipedOutputStream()), "block", "put", "--timeout=50ms");
        assertEquals("Error: context deadline exceeded\n", result.err());
        assertEquals(1, result.exit());
        assertFalse(Thread.interrupted());
    }

    @Test
    void jsonIsPrintedOnOneLine() {
        Cli.Result result = new Cli(directory).run("repo", "version", "--enc=json");
        assertEquals("{\"Version\":\"18\"}\n", result.out());
        assertEquals(
                "Error: invalid encoding: \"xml\" (text and json are known)\n",
                new Cli(directory).run("repo", "version", "--encoding=xml").err());
    }

    @Test
    void theCidBaseIsUsedAndTurnsVersion0Into1() {
        Cli cli = new Cli(directory);
        cli.run("init");
        String[] words = {"block", "put", "--format=v0", "/dev/null", "--cid-base", "base32"};
        assertEquals(
                "bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku\n",
                cli.run(words).out());
        words[words.length - 1] = "base58btc";
        assertEquals(
                "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n\n",
                cli.run(words).out());
        words[words.length - 1] = "base99";
        assertEquals(
                "Error: unsupported multibase encoding: base99\n",
                cli.run(words).err());
    }

    @TestFactory
    Stream<DynamicTest> everyCommandHasHelpWithAnExample() {
        return lines("", Commands.ROOT)
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    Cli.Result help =
                            new Cli(directory).run((line + " --help").strip().split(" ", -1));
                    assertEquals(0, help.exit(), help.err());
                    assertTrue(help.out().contains("\nEXAMPLE\n"), help.out());
                }));
    }

    /** The words of every command that does something. */
    private static Stream<String> lines(String before, Command command) {
        Stream<String> own = command.maker().isPresent() ? Stream.of(before) : Stream.empty();
        return Stream.concat(
                own, command.children().stream().flatMap(child -> lines((before + " " + child.name()).strip(), child)));
    }
}
