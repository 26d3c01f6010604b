package org.s3ds.cli;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.node.migrate.MigrationListener;
import org.s3ds.node.transfer.TransferProgress;

/** Shows a person what a migration does: a line for each phase, and one that says how far the copying is. */
final class MigrationProgress implements MigrationListener, AutoCloseable {
    private final TerminalSession session;
    private Totals total = new Totals(0, 0);
    private @Nullable BlockProgress listing;
    private @Nullable ProgressLine copying;
    private long shown;

    MigrationProgress(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void phase(String words) {
        done();
        if (session.terminal().watched()) {
            session.terminal().err().println(words);
        }
    }

    @Override
    public void total(Totals all) {
        total = all;
        if (listing == null) {
            listing = new BlockProgress(Optional.of(session.terminal()), OptionalLong.empty());
        }
        listing.show(all.count(), all.bytes());
    }

    @Override
    public void progress(TransferProgress so) {
        long done = so.present().bytes() + so.copied().bytes();
        if (copying == null) {
            copying = new ProgressLine(
                    session.terminal().err(), session.terminal().watched(), System::nanoTime);
            copying.total(total.bytes());
            shown = so.present().bytes();
        }
        copying.add(Math.max(0, done - shown));
        shown = Math.max(shown, done);
    }

    @Override
    public void bad(String sentence) {
        clear();
        session.warn(sentence);
    }

    @Override
    public void notice(String sentence) {
        clear();
        session.note(sentence);
    }

    private void clear() {
        if (listing != null) {
            listing.clear();
        }
        if (copying != null) {
            copying.clear();
        }
    }

    /** Takes the line away, and what it counted. */
    void done() {
        clear();
        listing = null;
        copying = null;
    }

    @Override
    public void close() {
        clear();
    }
}
