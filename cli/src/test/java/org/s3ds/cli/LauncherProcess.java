package org.s3ds.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A command run as a process of its own. */
final class LauncherProcess {
    private LauncherProcess() {}

    record Result(int exit, String out, String err) {}

    /** The launcher in the root of the checkout. */
    static Path launcher() {
        return Path.of("..").toAbsolutePath().normalize().resolve("s3ds");
    }

    /** Runs to the end, with nothing in the environment but what is given, and no standard input. */
    static Result run(Path folder, Map<String, String> environment, List<String> command) throws Exception {
        Path err = Files.createTempFile(folder, "err", "");
        Process process = builder(folder, environment, command)
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, Files.readString(err));
    }

    /** Starts it, and lets its output go. */
    static Process start(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        return builder(folder, environment, command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Starts it, and lets what it says to its users go; what it prints can be read. */
    static Process piped(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        return builder(folder, environment, command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static ProcessBuilder builder(Path folder, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.redirectInput(Path.of("/dev/null").toFile());
    }
}
