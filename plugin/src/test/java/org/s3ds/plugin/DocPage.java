package org.s3ds.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the docs, done as it says: each code block behind {@code <!-- file: NAME -->} is a file, and those behind
 * {@code <!-- run -->} are one script.
 */
final class DocPage {
    private static final Pattern BLOCK =
            Pattern.compile("<!-- (?:file: (?<file>\\S+)|run) -->\n```\\w+\n(?<text>.*?)```\n", Pattern.DOTALL);

    private final Path folder;
    private final List<String> scripts = new ArrayList<>();

    record Result(int exit, String out, String err) {}

    /**
     * Writes the files of a page, and a command {@code s3ds} that runs the program.
     *
     * @param classPath of the program
     */
    DocPage(String name, Path folder, String classPath) throws IOException {
        this.folder = folder;
        Matcher block = BLOCK.matcher(Files.readString(Path.of("../docs", name)));
        while (block.find()) {
            if (block.group("file") == null) {
                scripts.add(block.group("text"));
            } else {
                Path file = folder.resolve(block.group("file"));
                Files.createDirectories(file.resolveSibling("."));
                Files.writeString(file, block.group("text"));
            }
        }
        Path command = Files.createDirectories(folder.resolve("bin")).resolve("s3ds");
        String options = "--enable-native-access=ALL-UNNAMED '-Djava.library.path=%s' -cp '%s'"
                .formatted(Path.of("../cli/target/app").toAbsolutePath().normalize(), classPath);
        Files.writeString(command, "#!/bin/sh\nexec java %s org.s3ds.cli.Main \"$@\"\n".formatted(options));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The jars of the program but those whose names begin in a way. */
    static String program(String without) throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("../cli/target/app"))) {
            return String.join(
                    ":",
                    jars.map(jar -> jar.toAbsolutePath().normalize())
                            .filter(jar -> jar.toString().endsWith(".jar"))
                            .filter(jar -> !jar.getFileName().toString().matches(without))
                            .map(Path::toString)
                            .toList());
        }
    }

    /** The only file of a folder whose name matches. */
    static Path only(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no file " + name + " in " + folder));
        }
    }

    /** Runs all scripts, one after the other in one shell, which ends at the first command that fails. */
    Result run(Map<String, String> environment) throws Exception {
        return run(scripts.size(), environment);
    }

    /** Runs the first scripts. */
    Result run(int count, Map<String, String> environment) throws Exception {
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-euc", String.join("\n", scripts.subList(0, count)))
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        String java = System.getProperty("java.home");
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        folder.resolve("bin") + ":" + java + "/bin:/usr/bin:/bin",
                        "HOME",
                        folder.toString(),
                        "LC_ALL",
                        "C.UTF-8",
                        "IPFS_PATH",
                        folder.resolve("repo").toString()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, Files.readString(err));
    }
}
