package org.s3ds.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.s3ds.node.repo.Json;

/** Many short lines, a reference each; unlike a print stream it fails when nobody reads them any more. */
final class ReferenceLines implements AutoCloseable {
    private final Writer out;
    private final boolean json;

    ReferenceLines(TerminalSession session) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(session.terminal().bytes(), StandardCharsets.UTF_8));
        this.json = session.json();
    }

    /** A reference alone. */
    void print(String reference) throws IOException {
        print(reference, OptionalLong.empty());
    }

    /** A reference and the size of its block, if that is given. */
    void print(String reference, OptionalLong size) throws IOException {
        String text = size.isPresent() ? reference + " " + size.getAsLong() : reference;
        out.write(json ? Json.compact(fields(reference, size)) : text);
        out.write('\n');
    }

    private static Map<String, Object> fields(String reference, OptionalLong size) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Ref", reference);
        fields.put("Err", "");
        size.ifPresent(bytes -> fields.put("Size", bytes));
        return fields;
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
