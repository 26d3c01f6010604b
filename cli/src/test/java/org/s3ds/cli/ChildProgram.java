package org.s3ds.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The program in a Java of its own, on the class path of the tests, so that a test can kill it. */
final class ChildProgram {
    private ChildProgram() {}

    /** Ready to be started, with the environment of a user; what it tells its users is shown. */
    static ProcessBuilder of(Cli cli, Path directory, String... words) {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(java.stream(), Stream.of(words)).toList())
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(cli.environment());
        return builder;
    }
}
