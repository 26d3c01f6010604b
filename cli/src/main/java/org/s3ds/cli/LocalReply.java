package org.s3ds.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.repo.Json;
import org.s3ds.rpc.Reply;

/**
 * Shows results as they come.
 *
 * @param json whether values are printed as they are, a line each, in place of being shown
 */
record LocalReply(Display display, Terminal terminal, boolean json) implements Reply {
    @Override
    public void value(@Nullable Object value) throws IOException {
        if (json) {
            terminal.out().println(Json.compact(value));
            display.printed(value);
        } else {
            display.value(value);
        }
    }

    @Override
    public void only(@Nullable Object value) throws IOException {
        value(value);
    }

    @Override
    public OutputStream bytes(String contentType, OptionalLong length) throws IOException {
        return display.bytes(length);
    }
}
