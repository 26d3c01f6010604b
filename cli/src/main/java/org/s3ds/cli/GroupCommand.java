package org.s3ds.cli;

import picocli.CommandLine.Command;

/** A word that does nothing by itself: shows the words that may follow it. */
@Command
final class GroupCommand implements Action {
    private final Invocation invocation;
    private final Terminal terminal;

    GroupCommand(Invocation invocation, Terminal terminal) {
        this.invocation = invocation;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        terminal.out().print(new Usage(invocation));
    }
}
