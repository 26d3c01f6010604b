package org.s3ds.cli;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Shows what {@link IndexEvents} tell: a line for each value, except that how far it is stands on a terminal alone. */
final class IndexDisplay extends Results {
    private final Line line;
    private @Nullable BlockProgress progress;

    IndexDisplay(Terminal terminal, Line line) {
        super(terminal);
        this.line = line;
    }

    @Override
    public void value(@Nullable Object value) throws IOException {
        if (!(value instanceof Map<?, ?> fields)) {
            super.value(value);
        } else if (fields.get("Progress") instanceof Long blocks && fields.get("Bytes") instanceof Long bytes) {
            progress(fields).show(blocks, bytes);
        } else {
            close();
            terminal().out().println(line.of(fields));
        }
    }

    private BlockProgress progress(Map<?, ?> fields) {
        if (progress == null) {
            OptionalLong about = fields.get("About") instanceof Long all ? OptionalLong.of(all) : OptionalLong.empty();
            progress = new BlockProgress(Optional.of(terminal()), about);
        }
        return progress;
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.clear();
        }
    }
}
