package org.s3ds.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Prints many short lines, a reference each; unlike a print stream it fails when nobody reads them any more. */
final class ReferenceLines extends Results {
    private final Writer out;

    ReferenceLines(Terminal terminal) {
        super(terminal);
        this.out = new BufferedWriter(new OutputStreamWriter(terminal.bytes(), StandardCharsets.UTF_8));
    }

    /** A reference as a value, and the size of its block, if that is given. */
    static Map<String, Object> fields(String reference, OptionalLong size) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Ref", reference);
        fields.put("Err", "");
        size.ifPresent(bytes -> fields.put("Size", bytes));
        return fields;
    }

    /** The value that stands for references that could not be found out. */
    static Map<String, Object> failure(String sentence) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Ref", "");
        fields.put("Err", sentence);
        return fields;
    }

    @Override
    public void value(@Nullable Object value) throws IOException {
        if (!(value instanceof Map<?, ?> fields)) {
            super.value(value);
        } else if (fields.get("Err") instanceof String sentence && !sentence.isEmpty()) {
            out.flush();
            throw new IOException(sentence);
        } else {
            out.write(String.valueOf(fields.get("Ref")));
            if (fields.get("Size") instanceof Long size) {
                out.write(" " + size);
            }
            out.write('\n');
        }
    }

    /** What a failure left behind is shown before it. */
    @Override
    public void end() throws IOException {
        out.flush();
    }

    @Override
    public void close() {
        try {
            out.flush();
        } catch (IOException _) {
            // told by whoever wrote
            return;
        }
    }
}
