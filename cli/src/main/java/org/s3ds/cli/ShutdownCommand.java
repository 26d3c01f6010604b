package org.s3ds.cli;

import java.io.IOException;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;

/** {@code shutdown}: stops the daemon. */
@Command(description = "Stops the daemon that has the repo; what runs in it may end.", footer = "s3ds shutdown")
final class ShutdownCommand implements Operation.OfNode {
    private final Session session;

    ShutdownCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        session.servedBy()
                .orElseThrow(() -> new IOException("daemon not running"))
                .stop();
    }

    @Override
    public Display display(Terminal terminal) {
        return Display.plain(terminal);
    }
}
