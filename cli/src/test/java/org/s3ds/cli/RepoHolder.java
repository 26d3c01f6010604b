package org.s3ds.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.s3ds.datastore.Metrics;
import org.s3ds.node.Node;

/** A process of its own that has a repo open until its standard input ends. */
final class RepoHolder {
    private RepoHolder() {}

    public static void main(String[] arguments) throws IOException {
        try (Node node = Node.open(Path.of(arguments[0]), Stores.bundled(), Metrics.none(), Map.of())) {
            System.out.println("open " + node.repo().path());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Starts one, which has the repo when this returns. */
    static Process start(Path repo) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RepoHolder.class.getName(),
                        repo.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = process.inputReader().readLine();
        if (line == null) {
            throw new AssertionError("the other process could not open " + repo);
        }
        return process;
    }
}
