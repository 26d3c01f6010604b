package org.s3ds.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a command line would print of values, as text. For one thread. */
final class ShownText {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Display display;

    ShownText(Operation operation) {
        display = operation.display(new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(printed, true, UTF_8),
                new PrintStream(OutputStream.nullOutputStream(), false, UTF_8),
                Path.of("/"),
                Map.of(),
                false,
                false,
                false));
    }

    /** The lines for one value. */
    String of(@Nullable Object value) throws IOException {
        display.value(value);
        String text = printed.toString(UTF_8);
        printed.reset();
        return text;
    }
}
