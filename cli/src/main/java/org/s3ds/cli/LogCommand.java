package org.s3ds.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code log}: what the daemon logs. */
final class LogCommand {
    private LogCommand() {}

    private static Daemon daemon(Session session, String command) throws IOException {
        return session.servedBy()
                .orElseThrow(() -> new IOException("command must be run on the daemon: [log " + command + "]"));
    }

    /** {@code log level}: how much. */
    @Command(
            description = {
                "Prints or sets how much the daemon logs on its standard error: debug, info, warn or error.",
                "A part is what log ls prints; all stands for all of them."
            },
            footer = {"s3ds log level s3 debug", "s3ds log level all warn"})
    static final class SetLevel implements Operation.OfNode {
        private final Session session;

        @Parameters(paramLabel = "<part>", index = "0", arity = "0..1", description = "Of which part.")
        private String part = "";

        @Parameters(paramLabel = "<level>", index = "1", arity = "0..1", description = "The level to set.")
        private String level = "";

        SetLevel(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            LogLevels levels = daemon(session, "level").logLevels();
            if (level.isEmpty()) {
                reply.only(Map.of("Levels", levels.of(part, DebugLog.parts())));
            } else {
                levels.set(part, level);
                String shown = part.equals("all") ? "*" : part;
                reply.only(Map.of("Message", "Changed log level of '%s' to '%s'\n".formatted(shown, level)));
            }
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.lines(
                    terminal,
                    fields -> fields.get("Levels") instanceof Map<?, ?> levels
                            ? lines(levels)
                            : String.valueOf(fields.get("Message")).stripTrailing());
        }

        private static String lines(Map<?, ?> levels) {
            return levels.size() == 1
                    ? String.valueOf(levels.values().iterator().next())
                    : levels.entrySet().stream()
                            .map(each -> each.getKey() + ": " + each.getValue())
                            .collect(Collectors.joining("\n"));
        }
    }

    /** {@code log ls}: the parts that log. */
    @Command(description = "Prints the parts of the program that log.", footer = "s3ds log ls")
    static final class ListAll implements Operation.OfNode {
        @Override
        public void perform(Reply reply) throws IOException {
            reply.only(Map.of("Strings", List.copyOf(DebugLog.parts())));
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.texts(terminal, "Strings", "");
        }
    }

    /** {@code log tail}: what is logged from now on. */
    @Command(
            description = "Prints what the daemon logs from now on, until it is stopped or this is interrupted.",
            footer = "s3ds log tail")
    static final class Tail implements Operation.OfNode {
        private static final int WAITING = 1000;
        private static final Duration LOOK = Duration.ofSeconds(1);

        private final Session session;

        @Option(names = "--log-level", hidden = true)
        String level = "";

        Tail(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            Daemon daemon = daemon(session, "tail");
            OutputStream out = reply.bytes("text/plain", OptionalLong.empty());
            BlockingQueue<String> lines = new ArrayBlockingQueue<>(WAITING);
            // who reads too slowly misses lines: nothing waits for him
            try (DebugLog.Tail _ = DebugLog.tail(lines::offer)) {
                out.flush();
                while (!daemon.isStopping()) {
                    String line = lines.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                    if (line != null) {
                        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                        out.flush();
                    }
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.plain(terminal);
        }
    }
}
