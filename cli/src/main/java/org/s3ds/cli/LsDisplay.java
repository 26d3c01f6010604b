package org.s3ds.cli;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints entries of directories; the first of a directory come under its title and the header. */
final class LsDisplay extends Results {
    private static final int PRINTED_AT_ONCE = 32 << 10;

    private final LsTable table;
    private final boolean headers;

    /** What was asked for; with more than one path each directory has a title. */
    private final List<String> paths;

    private String last = "";

    LsDisplay(Terminal terminal, LsTable table, boolean headers, List<String> paths) {
        super(terminal);
        this.table = table;
        this.headers = headers;
        this.paths = paths;
    }

    @Override
    public void value(@Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> result) {
            new Fields(result).all("Objects").forEach(this::print);
        } else {
            super.value(value);
        }
    }

    /** Lines are made twice, to be measured and to be printed, and few are held: there may be millions. */
    private void print(Fields directory) {
        boolean first = !directory.text("Hash").equals(last);
        AlignedTable aligned = table.aligned();
        StringBuilder text = new StringBuilder(first ? title(directory.text("Hash")) : "");
        if (first && headers) {
            aligned.measure(table.header());
        }
        directory.all("Links").forEach(entry -> aligned.measure(table.line(entry)));
        if (first && headers) {
            text.append(aligned.line(table.header()));
        }
        for (Iterator<Fields> entries = directory.all("Links").iterator(); entries.hasNext(); ) {
            text.append(aligned.line(table.line(entries.next())));
            if (text.length() > PRINTED_AT_ONCE) {
                terminal().out().print(text);
                text.setLength(0);
            }
        }
        terminal().out().print(text);
    }

    private String title(String path) {
        String gap = last.isEmpty() ? "" : "\n";
        last = path;
        return paths.size() > 1 ? gap + path + ":\n" : "";
    }
}
