package org.s3ds.cli;

import java.io.IOException;
import org.s3ds.node.unixfs.AddListener;
import org.s3ds.node.unixfs.Added;

/** Prints what was added as it comes. */
final class AddPrinter implements AddListener {
    private final Session session;
    private final ProgressLine line;
    private final Style style;

    /** Written by the thread that tells what was added, read after it has ended. */
    private volatile String last = "";

    /** How much is printed. */
    enum Style {
        LINES,
        CIDS,
        LAST_CID,
        NOTHING
    }

    AddPrinter(Session session, ProgressLine line, Style style) {
        this.session = session;
        this.line = line;
        this.style = style;
    }

    @Override
    public void added(Added added) throws IOException {
        last = session.text(added.cid());
        line.clear();
        switch (style) {
            case LINES -> print("added " + last + " " + PrintableName.of(added.name()));
            case CIDS -> print(last);
            case LAST_CID, NOTHING -> {}
        }
    }

    /** As text, whatever {@code --encoding} says: Kubo's add does not heed it either, and scripts know that. */
    private void print(String text) {
        session.terminal().out().println(text);
    }

    @Override
    public void read(String name, long more, long total) {
        line.add(more);
    }

    /** Prints what is printed at the end alone. */
    void finish() {
        if (style == Style.LAST_CID && !last.isEmpty()) {
            session.terminal().out().println(last);
        }
    }
}
