package org.s3ds.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The {@code s3ds} command. The only class that knows the process: its streams, environment, folder, signals and exit
 * code.
 */
public final class Main {
    /** How long a stopped command may take to store what it reported and to close its repo. */
    private static final long SECONDS_TO_STOP = 10;

    private Main() {}

    /** Runs the command line and ends the process. */
    public static void main(String[] arguments) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread command = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(command, ended), "stop"));
        int code = run(processTerminal(), arguments);
        ended.countDown();
        System.exit(code);
    }

    /**
     * Runs a command line, and touches nothing of the process but the terminal it is given.
     *
     * @return the exit code: 0, or 1 after a sentence on standard error
     */
    public static int run(Terminal terminal, String... arguments) {
        return new Shell(terminal).run(List.of(arguments));
    }

    /** On Ctrl-C: interrupts the command and waits until it has closed what it opened. */
    private static void stop(Thread command, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return;
        }
        command.interrupt();
        try {
            ended.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The launcher says in a property which streams are devices: Java cannot tell for each by itself. */
    private static Terminal processTerminal() {
        String devices = System.getProperty("s3ds.devices", "");
        return new Terminal(
                new StoppableInput(new FileInputStream(FileDescriptor.in).getChannel()),
                print(FileDescriptor.out),
                print(FileDescriptor.err),
                Path.of("").toAbsolutePath(),
                System.getenv(),
                devices.contains("in"),
                devices.contains("err"),
                devices.contains("out"));
    }

    private static PrintStream print(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
