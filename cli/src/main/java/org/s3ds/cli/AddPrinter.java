package org.s3ds.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
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
            case LINES -> session.print("added " + last + " " + PrintableName.of(added.name()), fields(added));
            case CIDS -> session.print(last, fields(added));
            case LAST_CID, NOTHING -> {}
        }
    }

    private Map<String, Object> fields(Added added) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Name", added.name());
        fields.put("Hash", last);
        fields.put("Size", Long.toString(added.size()));
        return fields;
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
