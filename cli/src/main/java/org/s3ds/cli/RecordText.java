package org.s3ds.cli;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.repo.GoDuration;

/**
 * What a {@link RecordReport} says, in Kubo's lines; what the record does not say is left out.
 *
 * @param report as it is in JSON
 */
record RecordText(Map<?, ?> report) {
    private static final int LABEL_WIDTH = 16;

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (report.get("Entry") instanceof Map<?, ?> entry) {
            line(text, "Value:", quoted(entry.get("Value")));
            line(text, "Validity Type:", entry.get("ValidityType"));
            line(text, "Validity:", quoted(entry.get("Validity")));
            line(text, "Sequence:", entry.get("Sequence"));
            line(text, "TTL:", duration(entry.get("TTL")));
        }
        line(text, "Protobuf Size:", report.get("PbSize"));
        line(text, "Signature Type:", report.get("SignatureType"));
        text.append(
                report.get("Validation") instanceof Map<?, ?> validation
                        ? verification(validation)
                        : "\nThis record was not verified. Pass '--verify k51...' to verify.\n");
        if (report.get("HexDump") instanceof String dump && !dump.isEmpty()) {
            text.append("\nHex Dump:\n").append(dump);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String label, @Nullable Object value) {
        if (value != null) {
            text.append(label)
                    .append(" ".repeat(LABEL_WIDTH - label.length()))
                    .append(value)
                    .append('\n');
        }
    }

    private static @Nullable String quoted(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty()
                ? "\"" + PrintableName.of(text).replace("\"", "\\\"") + "\""
                : null;
    }

    private static @Nullable String duration(@Nullable Object nanos) {
        return nanos instanceof Number number ? GoDuration.format(Duration.ofNanos(number.longValue())) : null;
    }

    /** The labels are padded to the longest of them. */
    private static String verification(Map<?, ?> validation) {
        boolean valid = Boolean.TRUE.equals(validation.get("Valid"));
        String reason = valid ? "" : " Reason: " + validation.get("Reason") + "\n";
        String space = valid ? " " : "  ";
        return "\nValidation results:\n Valid:%s%s\n%s Name: %s%s\n"
                .formatted(space, valid, reason, space, validation.get("Name"));
    }
}
