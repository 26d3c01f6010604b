package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A daemon that runs as a process of its own, started by the launcher. */
final class DaemonProcess implements AutoCloseable {
    static final String READY = "Daemon is ready";
    static final String STOPPING = "Received interrupt signal, shutting down...";

    private final Process process;
    private final BufferedReader out;
    private final List<String> lines = new ArrayList<>();

    private DaemonProcess(Process process) {
        this.process = process;
        out = process.inputReader();
    }

    /** Starts one that may not come to be ready. */
    static DaemonProcess begin(Cli cli, Map<String, String> environment, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("daemon"));
        words.addAll(List.of(options));
        return new DaemonProcess(
                LauncherProcess.piped(cli.directory(), environment, TestRepo.command(words.toArray(String[]::new))));
    }

    /** Starts one, and waits until it is ready. */
    static DaemonProcess start(Cli cli, String... options) throws IOException {
        DaemonProcess daemon = begin(cli, TestRepo.environment(cli), options);
        daemon.await(READY);
        return daemon;
    }

    /** Reads on until it has printed a line. */
    void await(String line) throws IOException {
        for (String next = out.readLine(); !line.equals(next); next = out.readLine()) {
            if (next == null) {
                throw new AssertionError("it ended before it printed \"" + line + "\":\n" + String.join("\n", lines));
            }
            lines.add(next);
        }
    }

    /** What it printed until now, as far as that was waited for. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** The addresses that it printed. */
    List<String> addresses() {
        String before = "RPC API server listening on ";
        return lines.stream()
                .filter(line -> line.startsWith(before))
                .map(line -> line.substring(before.length()))
                .toList();
    }

    /** The port of its first address. */
    int port() {
        String address = addresses().getFirst();
        return Integer.parseInt(address.substring(address.lastIndexOf('/') + 1));
    }

    /** Sends it SIGTERM. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Sends it SIGKILL, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** How it ended, once it did. */
    int exit() throws InterruptedException {
        return process.waitFor();
    }

    /** Stops it, and sees that it goes in order. */
    void stop() throws InterruptedException {
        terminate();
        assertEquals(0, exit());
    }

    /** What the file {@code api} of a repo says. */
    static Optional<String> apiFile(Cli cli) throws IOException {
        Path file = cli.repo().resolve("api");
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }
}
