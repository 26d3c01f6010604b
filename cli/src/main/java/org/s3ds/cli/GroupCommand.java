package org.s3ds.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A word that does nothing by itself: shows the words that may follow it. */
@Command
final class GroupCommand implements Action {
    private final Invocation invocation;
    private final Session session;

    @Parameters(arity = "0..*", hidden = true)
    private List<String> words = List.of();

    GroupCommand(Invocation invocation, Session session) {
        this.invocation = invocation;
        this.session = session;
    }

    @Override
    public void run() throws UsageException {
        if (words.isEmpty()) {
            session.terminal().out().print(new Usage(invocation));
        } else if (invocation.path().size() == 1) {
            throw UsageException.withoutUsage("Unknown Command \"%s\"\n".formatted(words.getFirst()));
        } else {
            throw new UsageException("expected 0 argument(s), got " + words.size());
        }
    }
}
