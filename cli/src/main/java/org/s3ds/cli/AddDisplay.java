package org.s3ds.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints what was added as it comes, and shows how far it is. */
final class AddDisplay extends Results {
    private final ProgressLine line;
    private final Style style;
    private final List<String> refused;

    /** The file that is being read, and how many of its bytes were. */
    private String name = "";

    private long bytes;

    private String last = "";

    /** How much is printed. */
    enum Style {
        LINES,
        CIDS,
        LAST_CID
    }

    /**
     * A display.
     *
     * @param line where progress is shown
     * @param refused at the end has a sentence for each input that could not be added
     */
    AddDisplay(Terminal terminal, ProgressLine line, Style style, List<String> refused) {
        super(terminal);
        this.line = line;
        this.style = style;
        this.refused = refused;
    }

    @Override
    public void value(@Nullable Object value) throws IOException {
        switch (value) {
            case Map<?, ?> fields when fields.get("Hash") instanceof String hash -> added(hash, fields.get("Name"));
            case Map<?, ?> fields when fields.get("Name") instanceof String file -> read(file, fields.get("Bytes"));
            case null, default -> super.value(value);
        }
    }

    private void added(String cid, @Nullable Object path) {
        last = cid;
        line.clear();
        switch (style) {
            case LINES -> terminal().out().println("added " + cid + " " + PrintableName.of(String.valueOf(path)));
            case CIDS -> terminal().out().println(cid);
            case LAST_CID -> {}
        }
    }

    private void read(String file, @Nullable Object total) {
        long before = file.equals(name) ? bytes : 0;
        name = file;
        bytes = total instanceof Long number ? number : 0;
        line.add(Math.max(0, bytes - before));
    }

    @Override
    public void end() throws IOException {
        if (style == Style.LAST_CID && !last.isEmpty()) {
            terminal().out().println(last);
        }
        line.clear();
        reportRefused();
    }

    /** What could be added is; the command fails all the same, so that a script sees that something is missing. */
    private void reportRefused() throws IOException {
        if (refused.size() == 1) {
            throw new IOException(refused.getFirst());
        }
        if (!refused.isEmpty()) {
            refused.forEach(terminal().err()::println);
            throw new IOException(refused.size() + " files were not added, the rest was");
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
