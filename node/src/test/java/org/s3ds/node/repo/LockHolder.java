package org.s3ds.node.repo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A process of its own that tries to lock a file as Kubo does (a POSIX record lock over the whole of it), says whether
 * it could, and holds it until its standard input ends.
 */
final class LockHolder {
    private LockHolder() {}

    public static void main(String[] arguments) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            System.out.println(lock == null ? "refused" : "locked");
            if (lock != null) {
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    /** Starts one; its first line has been read. */
    static Process start(Path file, String expected) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = process.inputReader().readLine();
        if (!expected.equals(line)) {
            process.destroyForcibly();
            throw new AssertionError("the other process says " + line + ", not " + expected);
        }
        return process;
    }

    static void end(Process process) throws IOException, InterruptedException {
        process.outputWriter().close();
        process.waitFor();
    }
}
