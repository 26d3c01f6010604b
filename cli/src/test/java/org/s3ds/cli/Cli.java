package org.s3ds.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.s3ds.datastore.Metrics;

/** The command, run in this process in a folder of the test, with a repo at {@code repo} below it. */
final class Cli {
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private Metrics metrics = Metrics.none();
    private byte[] lastOutput = new byte[0];

    Cli(Path directory) {
        this.directory = directory.toAbsolutePath();
        environment.put("HOME", this.directory.toString());
        environment.put("IPFS_PATH", repo().toString());
    }

    /** How a command ended, and what it printed. */
    record Result(int exit, String out, String err) {
        String firstErrorLine() {
            return err.lines().findFirst().orElse("");
        }
    }

    Path directory() {
        return directory;
    }

    Path repo() {
        return directory.resolve("repo");
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Sets an environment variable for the commands that follow. */
    Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Lets the stores of the commands that follow count there. */
    Cli counting(Metrics counts) {
        metrics = counts;
        return this;
    }

    /** What the last command wrote to standard output, where it is no text. */
    byte[] lastOutput() {
        return lastOutput;
    }

    /** Runs with standard input that is a device at its end, as {@code /dev/null}. */
    Result run(String... arguments) {
        return run(true, InputStream.nullInputStream(), arguments);
    }

    /** Runs with a pipe as standard input. */
    Result pipe(byte[] input, String... arguments) {
        return runOn(new ByteArrayInputStream(input), arguments);
    }

    /** Runs with any stream as standard input. */
    Result runOn(InputStream input, String... arguments) {
        return run(false, input, arguments);
    }

    private Result run(boolean device, InputStream input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(input, print(out), print(err), directory, environment, device, false, false);
        int exit = Main.run(terminal, metrics, arguments);
        lastOutput = out.toByteArray();
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
