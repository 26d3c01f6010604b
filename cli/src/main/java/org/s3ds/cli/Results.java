package org.s3ds.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a display is that shows nothing but bytes. */
class Results implements Display {
    private final Terminal terminal;

    Results(Terminal terminal) {
        this.terminal = terminal;
    }

    final Terminal terminal() {
        return terminal;
    }

    /** An answer of another shape than the command gives: a daemon's that is none of ours. */
    @Override
    public void value(@Nullable Object value) throws IOException {
        throw new IOException("the daemon answered with something that this command does not know");
    }

    @Override
    public OutputStream bytes(OptionalLong length) {
        return terminal.bytes();
    }
}
