package org.s3ds.cli;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kubo's line that says how many blocks pins have found so far, then the pins. */
final class PinDisplay extends Results {
    private final Display pins;

    /**
     * A display.
     *
     * @param pins what shows everything but progress
     */
    PinDisplay(Terminal terminal, Display pins) {
        super(terminal);
        this.pins = pins;
    }

    @Override
    public void value(@Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> fields && fields.get("Progress") instanceof Long blocks) {
            long bytes = fields.get("Bytes") instanceof Long number ? number : 0;
            terminal().err().print("Fetched/Processed %d nodes (%s)\r".formatted(blocks, HumanSize.of(bytes)));
            terminal().err().flush();
        } else {
            pins.value(value);
        }
    }
}
