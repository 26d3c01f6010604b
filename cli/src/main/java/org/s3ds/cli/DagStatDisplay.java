package org.s3ds.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Kubo's table of DAGs, made of the last value; those before it say in a line how far it is. */
final class DagStatDisplay extends Results {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

    private final boolean shown;
    private Map<?, ?> last = Map.of();
    private long lastShown = System.nanoTime();

    /**
     * A display.
     *
     * @param shown whether to show how far it is
     */
    DagStatDisplay(Terminal terminal, boolean shown) {
        super(terminal);
        this.shown = shown;
    }

    @Override
    public void value(@Nullable Object value) throws IOException {
        if (!(value instanceof Map<?, ?> summary) || !(summary.get("DagStats") instanceof List<?>)) {
            super.value(value);
            return;
        }
        last = summary;
        long now = System.nanoTime();
        if (shown && now - lastShown >= INTERVAL) {
            lastShown = now;
            long bytes = dags().stream().mapToLong(dag -> number(dag, "Size")).sum();
            long blocks =
                    dags().stream().mapToLong(dag -> number(dag, "NumBlocks")).sum();
            show("Fetched/Processed %d blocks, %d bytes (%s)\r".formatted(blocks, bytes, HumanSize.of(bytes)));
        }
    }

    private List<? extends Map<?, ?>> dags() {
        return last.get("DagStats") instanceof List<?> dags
                ? dags.stream().map(dag -> (Map<?, ?>) dag).toList()
                : List.of();
    }

    private static long number(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private void show(String line) {
        terminal().err().print(line);
        terminal().err().flush();
    }

    @Override
    public void end() {
        if (dags().isEmpty()) {
            return; // they were printed as JSON
        }
        close();
        terminal().out().println(text());
    }

    private String text() {
        StringBuilder text = new StringBuilder("\n");
        int width = String.valueOf(dags().getFirst().get("Cid")).length();
        text.append("CID").repeat(" ", Math.max(0, width - 3)).append("\tBlocks         \tSize\n");
        for (Map<?, ?> dag : dags()) {
            text.append("%s\t%-15d\t%d\n".formatted(dag.get("Cid"), number(dag, "NumBlocks"), number(dag, "Size")));
        }
        float ratio = last.get("Ratio") instanceof Number number ? number.floatValue() : Float.NaN;
        return text.append("\nSummary\nTotal Size: ")
                .append(size(number(last, "TotalSize")))
                .append("\nUnique Blocks: ")
                .append(number(last, "UniqueBlocks"))
                .append("\nShared Size: ")
                .append(size(number(last, "SharedSize")))
                .append(String.format(Locale.ROOT, "\nRatio: %f\n\n", ratio))
                .toString();
    }

    private static String size(long bytes) {
        return "%d (%s)".formatted(bytes, HumanSize.of(bytes));
    }

    @Override
    public void close() {
        if (shown) {
            show("\033[2K\r");
        }
    }
}
