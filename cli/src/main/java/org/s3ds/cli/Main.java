package org.s3ds.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.s3ds.datastore.Metrics;
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.rpc.NoDaemonException;
import org.s3ds.rpc.Reply;

/**
 * The {@code s3ds} command. The only class that knows the process: its streams, environment, folder, signals and exit
 * code.
 */
public final class Main {
    /** How long a stopped command may take to store what it reported and to close its repo. */
    private static final long SECONDS_TO_STOP = 10;

    private static final int DONE = 0;
    private static final int FAILED = 1;

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
        return run(terminal, Metrics.none(), arguments);
    }

    /** The same, with a place where the stores count. */
    static int run(Terminal terminal, Metrics metrics, String... arguments) {
        Invocation invocation = Invocation.find(Commands.ROOT, List.of(arguments));
        GlobalOptions global = new GlobalOptions();
        try (TerminalSession session = new TerminalSession(terminal, global, metrics)) {
            run(invocation, global, session);
            checkOutput(terminal);
            return DONE;
        } catch (UsageException e) {
            report(terminal, global, e);
            if (e.usageHelps()) {
                terminal.err().print("\n" + new Usage(invocation));
            }
            return FAILED;
        } catch (IOException | RuntimeException | Error e) {
            report(terminal, global, e);
            return FAILED;
        } finally {
            terminal.out().flush();
        }
    }

    private static void run(Invocation invocation, GlobalOptions global, TerminalSession session) throws IOException {
        invocation.refuseStrayWord();
        Task task = Task.of(invocation, global, session);
        task.arguments().parse(invocation.arguments(), session::inputLines);
        if (global.debug) {
            DebugLog.showOn(session.terminal().err(), false);
        }
        if (global.help) {
            session.terminal()
                    .out()
                    .print(new Usage(invocation, task.arguments().spec()));
        } else if (global.timeout.isEmpty()) {
            task.action().run();
        } else {
            Deadline.run(global.timeout, task.action());
        }
    }

    /** A command, and what fills it. */
    private record Task(Action action, Arguments arguments) {
        static Task of(Invocation invocation, GlobalOptions global, TerminalSession session) {
            Optional<Operation> operation = invocation.command().operation(session);
            if (operation.isPresent()) {
                Arguments arguments = new Arguments(operation.get(), global);
                return new Task(new OperationRun(operation.get(), invocation, arguments, session), arguments);
            }
            Action action = invocation
                    .command()
                    .action(session)
                    .orElseGet(() -> new GroupCommand(invocation, session.terminal()));
            return new Task(action, new Arguments(action, global));
        }
    }

    /** An operation that the command line names: done here, or by the daemon that has the repo. */
    private static final class OperationRun implements Action {
        private final Operation operation;
        private final Invocation invocation;
        private final Arguments arguments;
        private final TerminalSession session;

        OperationRun(Operation operation, Invocation invocation, Arguments arguments, TerminalSession session) {
            this.operation = operation;
            this.invocation = invocation;
            this.arguments = arguments;
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            Terminal terminal = session.terminal();
            operation.prepare(session);
            boolean json = session.json() && !operation.textAlone();
            Optional<String> daemon = invocation.command().anywhere() ? Optional.empty() : session.daemon();
            try (Display display = operation.display(terminal)) {
                Reply reply = new LocalReply(display, terminal, json);
                if (daemon.isEmpty() || !ask(daemon.get(), reply)) {
                    perform(reply);
                }
                display.end();
            }
        }

        /** Whether there was a daemon: one that was killed leaves its address behind, and its repo free. */
        private boolean ask(String address, Reply reply) throws IOException {
            try {
                new DaemonCall(address, session).ask(invocation, arguments, files(), reply);
                return true;
            } catch (NoDaemonException e) {
                if (!session.global().api.isEmpty()) {
                    throw e;
                }
                return false;
            }
        }

        private Optional<InputNode.Children> files() throws IOException {
            return switch (operation) {
                case Operation.OfNode _ -> Optional.empty();
                case Operation.OfFiles taker -> Optional.of(taker.files(session));
            };
        }

        private void perform(Reply reply) throws IOException {
            switch (operation) {
                case Operation.OfNode alone -> alone.perform(reply);
                case Operation.OfFiles taker -> {
                    try (InputNode.Children files = taker.files(session)) {
                        taker.perform(files, reply);
                    }
                }
            }
        }
    }

    /** A print stream keeps its failures to itself: a script must see that a full disk took a CID. */
    private static void checkOutput(Terminal terminal) throws IOException {
        if (terminal.out().checkError()) {
            throw new IOException(Terminal.UNWRITTEN);
        }
    }

    private static void report(Terminal terminal, GlobalOptions global, Throwable failure) {
        terminal.out().flush();
        terminal.err().println("Error: " + Failures.sentence(failure));
        if (global.debug) {
            failure.printStackTrace(terminal.err());
        }
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
