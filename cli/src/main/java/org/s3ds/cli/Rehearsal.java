package org.s3ds.cli;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.s3ds.embedded.EmbeddedS3;

/**
 * Runs the usual commands, or a daemon, once, on a repo of its own. The launcher lets Java watch it after a build and
 * keeps what Java learnt: which classes are needed, and which methods are worth compiling. What a daemon needs beside,
 * every command would have to load: it has a rehearsal of its own.
 */
final class Rehearsal {
    private static final int SMALL_FILES = 50;
    private static final int SMALL = 4 << 10;
    private static final int LARGE = 16 << 20;
    private static final List<String> DAEMON = List.of("daemon", "--api", "/ip4/127.0.0.1/tcp/0");

    private final Path folder;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Rehearsal(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /**
     * Rehearses in a new folder.
     *
     * @param arguments {@code commands} or {@code daemon}, and the folder; its parent is there, and whoever starts this
     *     removes it
     * @throws IOException when a command failed: what was learnt is then of no use
     */
    public static void main(String[] arguments) throws IOException {
        Rehearsal rehearsal = new Rehearsal(Files.createDirectory(Path.of(arguments[1])));
        rehearsal.writeFiles();
        rehearsal.command("init");
        switch (arguments[0]) {
            case "commands" -> rehearsal.commands();
            case "daemon" -> rehearsal.daemon();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        rehearsal.withBucket();
    }

    /** A repo with a bucket, whose store has an index. */
    private void withBucket() throws IOException {
        Path secret = folder.resolve("secret");
        Path bucket = folder.resolve("bucket");
        try (EmbeddedS3 server = EmbeddedS3.start(Files.createDirectory(bucket))) {
            Files.writeString(secret, server.secretKey());
            String repo = "--repo-dir=" + folder.resolve("repo-with-bucket");
            command(
                    repo,
                    "init",
                    "--bucket=rehearsal",
                    "--region=us-east-1",
                    "--create-bucket",
                    "--endpoint=" + server.endpoint(),
                    "--access-key=" + server.accessKey(),
                    "--secret-key-file=" + secret);
            String cid = command(repo, "add", "-Q", "files/0");
            command(repo, "block", "stat", cid);
            command(repo, "cat", cid);
        }
    }

    private void commands() throws IOException {
        command("version");
        command("add", "--help");
        command("config", "Datastore.StorageMax");
        String tree = command("add", "-r", "-Q", "files");
        String large = command("add", "-Q", "large");
        command("add", "-Q", "--cid-version=1", "large");
        command("cat", large);
        command("ls", tree);
        command("refs", "-r", tree);
        command("get", tree, "-o", "got");
        command("block", "get", large);
        command("block", "stat", tree);
        command("block", "put", "files/0");
        command("cid", "base32", tree);
        askDaemonElsewhere(tree);
    }

    /** What commands need that ask a daemon, without what it needs itself. */
    private void askDaemonElsewhere(String tree) throws IOException {
        Process daemon = new ProcessBuilder(daemonElsewhere())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            ask(daemon.getInputStream(), tree);
            daemon.waitFor();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        } finally {
            daemon.destroyForcibly();
        }
    }

    private List<String> daemonElsewhere() {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.library.path=" + System.getProperty("java.library.path"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--repo-dir=" + repo()));
        line.addAll(DAEMON);
        return line;
    }

    private void daemon() throws IOException {
        String tree = command("add", "-r", "-Q", "files");
        try (PipedInputStream lines = new PipedInputStream();
                PipedOutputStream out = new PipedOutputStream(lines)) {
            Terminal terminal = terminal(out);
            Thread daemon = Thread.ofPlatform().start(() -> Main.run(terminal, DAEMON.toArray(String[]::new)));
            ask(lines, tree);
            daemon.join();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** Waits until a daemon is ready, by what it prints, asks it this and that, and ends it. */
    private void ask(InputStream lines, String tree) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8));
        String line = reader.readLine();
        while (line != null && !line.equals(DaemonCommand.READY)) {
            line = reader.readLine();
        }
        command("block", "stat", tree);
        command("add", "-Q", "files/0");
        command("cat", tree + "/0");
        command("shutdown");
    }

    private void writeFiles() throws IOException {
        Random random = new Random(1);
        Path files = Files.createDirectory(folder.resolve("files"));
        for (int i = 0; i < SMALL_FILES; i++) {
            Files.write(files.resolve(String.valueOf(i)), bytes(random, SMALL));
        }
        Files.write(folder.resolve("large"), bytes(random, LARGE));
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** What the command printed, without the end of the line. */
    private String command(String... words) throws IOException {
        Head out = new Head();
        if (Main.run(terminal(out), words) != 0) {
            throw new IOException(String.join(" ", List.of(words)) + ": " + err.toString(StandardCharsets.UTF_8));
        }
        return out.text().strip();
    }

    private String repo() {
        return folder.resolve("repo").toString();
    }

    private Terminal terminal(OutputStream out) {
        return new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                folder,
                Map.of("IPFS_PATH", repo()),
                false,
                false,
                false);
    }

    /** Keeps the first bytes, which may be a CID, and lets go of the rest. */
    private static final class Head extends OutputStream {
        private static final int KEPT = 100;
        private final ByteArrayOutputStream head = new ByteArrayOutputStream();

        @Override
        public void write(int value) {
            if (head.size() < KEPT) {
                head.write(value);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            head.write(bytes, offset, Math.min(length, KEPT - Math.min(KEPT, head.size())));
        }

        String text() {
            return head.toString(StandardCharsets.UTF_8);
        }
    }
}
