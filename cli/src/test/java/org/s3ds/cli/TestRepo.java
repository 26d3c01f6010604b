package org.s3ds.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.s3ds.node.repo.Json;

/** Repos for tests that run the program as processes of its own. */
final class TestRepo {
    private TestRepo() {}

    /** Makes the repo of a command line: blocks in the store that a spec names, everything else in LevelDB. */
    static void init(Cli cli, Map<String, Object> blocks) {
        Map<String, Object> config = Map.of("Datastore", Map.of("Spec", DefaultSpec.of(blocks)));
        Cli.Result result = cli.pipe(Json.compact(config).getBytes(StandardCharsets.UTF_8), "init", "-");
        if (result.exit() != 0) { // JUnit is not there when a benchmark makes one
            throw new AssertionError(result.err());
        }
    }

    /** The environment in which a process works on the repo. */
    static Map<String, String> environment(Cli cli) {
        return new TreeMap<>(Map.of(
                "IPFS_PATH", cli.repo().toString(),
                "HOME", cli.directory().toString(),
                "PATH", "/usr/bin:/bin",
                "S3DS_JAVA_HOME", System.getProperty("java.home"),
                "S3DS_MAVEN", "/bin/false"));
    }

    /** The launcher with arguments. */
    static List<String> command(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(LauncherProcess.launcher().toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
