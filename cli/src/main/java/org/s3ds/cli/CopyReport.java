package org.s3ds.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.s3ds.node.transfer.Found;
import org.s3ds.node.transfer.TransferReport;

/** What a copy did, or in a dry run would do, for people and as fields. */
record CopyReport(TransferReport report, boolean dryRun, Duration took) {
    /** A line or more, without a line break at the end. */
    String text() {
        StringBuilder text = new StringBuilder(dryRun ? "to be copied: " : "copied: ");
        text.append(blocks(report.copied().count()))
                .append(", ")
                .append(Amount.of(report.copied().bytes()));
        if (!dryRun) {
            double seconds = Math.max(took.toNanos(), 1) / 1e9;
            text.append(String.format(
                    Locale.ROOT,
                    ", in %.1f s, %s/s",
                    seconds,
                    Amount.of(report.copied().bytes() / seconds)));
        }
        text.append("\nthere before: ").append(blocks(report.present().count()));
        if (report.gone() > 0) {
            text.append("\ngone from the source before they were read: ").append(blocks(report.gone()));
        }
        add(text, "damaged, and left out", report.corrupt());
        add(text, "names that no block has, passed over", report.foreign());
        return text.toString();
    }

    private static void add(StringBuilder text, String what, Found found) {
        if (found.count() > 0) {
            text.append("\n%s: %d, such as %s"
                    .formatted(what, found.count(), found.first().getFirst()));
        }
    }

    private static String blocks(long count) {
        return String.format(Locale.ROOT, count == 1 ? "%,d block" : "%,d blocks", count);
    }

    /** The same as JSON has it. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("DryRun", dryRun);
        fields.put("Whole", report.corrupt().count() == 0);
        fields.put("Listed", report.listed().count());
        fields.put("Copied", report.copied().count());
        fields.put("CopiedBytes", report.copied().bytes());
        fields.put("Present", report.present().count());
        fields.put("Gone", report.gone());
        fields.put("Corrupt", report.corrupt().count());
        fields.put("FirstCorrupt", report.corrupt().first());
        fields.put("Foreign", report.foreign().count());
        fields.put("FirstForeign", report.foreign().first());
        fields.put("Milliseconds", took.toMillis());
        return fields;
    }
}
