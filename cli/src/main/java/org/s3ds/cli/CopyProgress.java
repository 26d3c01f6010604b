package org.s3ds.cli;

import java.io.IOException;
import java.util.Optional;
import org.s3ds.node.transfer.TransferListener;
import org.s3ds.node.transfer.TransferProgress;

/** Shows how far a copy is, has it written down, and tells of each bad block. For one source. */
final class CopyProgress implements TransferListener, AutoCloseable {
    private final TerminalSession session;
    private final ProgressLine line;
    private final Optional<CopyJournal> journal;
    private long shown;
    private long copied;

    /** @param journal empty where nothing is to be written down */
    CopyProgress(TerminalSession session, Optional<CopyJournal> journal) {
        this.session = session;
        this.line =
                new ProgressLine(session.terminal().err(), session.terminal().watched(), System::nanoTime);
        this.journal = journal;
    }

    /** Sets how many bytes are to be copied. */
    void total(long bytes) {
        line.total(bytes);
    }

    @Override
    public void progress(TransferProgress so) throws IOException {
        line.add(so.copied().bytes() - shown);
        shown = so.copied().bytes();
        copied = so.copied().count();
        if (journal.isPresent()) {
            journal.get().save(so);
        }
    }

    @Override
    public void bad(String sentence) {
        line.clear();
        session.warn(sentence);
    }

    /** It was ended before its end. */
    void stopped() {
        line.clear();
        if (journal.isPresent()) {
            session.note("%s so far; when that is mended the same command copies what is left"
                    .formatted(copied == 1 ? "1 block was copied" : copied + " blocks were copied"));
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
