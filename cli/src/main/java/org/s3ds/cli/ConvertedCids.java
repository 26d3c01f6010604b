package org.s3ds.cli;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints CIDs that were converted, a line each; what is wrong with one goes to standard error, and fails at the end.
 */
final class ConvertedCids extends Results {
    private boolean someFailed;

    ConvertedCids(Terminal terminal) {
        super(terminal);
    }

    @Override
    public void value(@Nullable Object value) throws IOException {
        if (!(value instanceof Map<?, ?> cid)) {
            super.value(value);
        } else if (cid.get("ErrorMsg") instanceof String problem && !problem.isEmpty()) {
            someFailed = true;
            terminal().err().println(cid.get("CidStr") + ": " + problem);
        } else {
            terminal().out().println(cid.get("Formatted"));
        }
    }

    @Override
    public void end() throws IOException {
        if (someFailed) {
            throw new IOException("errors while displaying some entries");
        }
    }
}
