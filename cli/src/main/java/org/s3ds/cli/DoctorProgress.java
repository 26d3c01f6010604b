package org.s3ds.cli;

import org.s3ds.datastore.Finding;

/** The line on a terminal that says what a doctor has looked at last. */
final class DoctorProgress implements AutoCloseable {
    private static final String CLEAR = "\r\033[2K";

    private final Terminal terminal;

    /** Shows nothing where nobody watches. */
    DoctorProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(Finding finding) {
        if (terminal.watched()) {
            terminal.err().print(CLEAR + "looked at: " + finding.check());
            terminal.err().flush();
        }
    }

    @Override
    public void close() {
        if (terminal.watched()) {
            terminal.err().print(CLEAR);
            terminal.err().flush();
        }
    }
}
