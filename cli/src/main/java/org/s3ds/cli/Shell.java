package org.s3ds.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Runs one command line, and reports how it went. */
final class Shell {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final Terminal terminal;
    private final GlobalOptions global = new GlobalOptions();

    Shell(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs the command that the words name. Answers the exit code: 0, or 1 after a sentence on standard error. */
    int run(List<String> words) {
        Invocation invocation = Invocation.find(Commands.ROOT, words);
        try (Session session = new Session(terminal, global)) {
            refuseStrayWord(invocation);
            Action action = action(invocation, session);
            Arguments arguments = new Arguments(action, global);
            arguments.parse(invocation.arguments());
            if (global.help) {
                terminal.out().print(new Usage(invocation, arguments.spec()));
            } else {
                Deadline.run(global.timeout, action);
            }
            return DONE;
        } catch (UsageException e) {
            report(e);
            if (e.usageHelps()) {
                terminal.err().print("\n" + new Usage(invocation));
            }
            return FAILED;
        } catch (IOException | RuntimeException | Error e) {
            report(e);
            return FAILED;
        } finally {
            terminal.out().flush();
        }
    }

    /** What the command does; a group shows its usage. */
    private Action action(Invocation invocation, Session session) {
        return invocation
                .command()
                .action()
                .map(maker -> maker.apply(session))
                .orElseGet(() -> new GroupCommand(invocation, terminal));
    }

    /** A group takes no arguments: a word after it is meant to be a command, and there is none of that name. */
    private static void refuseStrayWord(Invocation invocation) throws UsageException {
        Optional<String> word = invocation.strayWord();
        if (invocation.command().action().isPresent() || word.isEmpty()) {
            return;
        }
        if (invocation.path().size() == 1) {
            throw UsageException.withoutUsage("Unknown Command \"%s\"\n".formatted(word.get()));
        }
        throw new UsageException(
                "expected 0 argument(s), got " + invocation.arguments().size());
    }

    private void report(Throwable failure) {
        terminal.out().flush();
        terminal.err().println("Error: " + Failures.sentence(failure));
        if (global.debug) {
            failure.printStackTrace(terminal.err());
        }
    }
}
