package org.s3ds.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.ipns.GoTime;
import org.s3ds.ipld.ipns.IpnsRecord;
import org.s3ds.ipld.keys.PeerId;
import org.s3ds.node.repo.GoDuration;

/**
 * What there is to say of a record, in Kubo's words; what it does not say is left out.
 *
 * @param record the record
 * @param name whose it should be, if that was asked
 * @param problem why it is not, if so
 * @param withBytes whether its bytes are shown
 */
record RecordReport(IpnsRecord record, Optional<PeerId> name, Optional<String> problem, boolean withBytes) {
    private static final int LABEL_WIDTH = 16;

    static RecordReport of(IpnsRecord record) {
        return new RecordReport(record, Optional.empty(), Optional.empty(), false);
    }

    /** With whether it is a good one of a name. */
    RecordReport verified(PeerId id, Instant now) {
        try {
            record.verify(id, now);
            return new RecordReport(record, Optional.of(id), Optional.empty(), withBytes);
        } catch (FormatException e) {
            return new RecordReport(record, Optional.of(id), Optional.of(String.valueOf(e.getMessage())), withBytes);
        }
    }

    /** With its bytes. */
    RecordReport dumped() {
        return new RecordReport(record, name, problem, true);
    }

    /** One thing that a record may say. */
    private interface Part<T> {
        T get() throws FormatException;
    }

    private static <T> Optional<T> part(Part<T> part) {
        try {
            return Optional.of(part.get());
        } catch (FormatException e) {
            return Optional.empty(); // what is wrong with it is said where it is verified
        }
    }

    String text() {
        StringBuilder text = new StringBuilder();
        part(record::value).ifPresent(value -> line(text, "Value:", quoted(value)));
        part(record::validityType).ifPresent(type -> line(text, "Validity Type:", String.valueOf(type)));
        part(record::validity).ifPresent(time -> line(text, "Validity:", quoted(GoTime.format(time))));
        part(record::sequence).ifPresent(number -> line(text, "Sequence:", Long.toUnsignedString(number)));
        part(record::ttl).ifPresent(nanos -> line(text, "TTL:", GoDuration.format(Duration.ofNanos(nanos))));
        line(text, "Protobuf Size:", String.valueOf(record.encode().length));
        line(text, "Signature Type:", signatureType());
        text.append(name.map(this::verification)
                .orElse("\nThis record was not verified. Pass '--verify k51...' to verify.\n"));
        if (withBytes) {
            text.append("\nHex Dump:\n").append(new HexDump(record.encode()));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(label)
                .append(" ".repeat(LABEL_WIDTH - label.length()))
                .append(value)
                .append('\n');
    }

    private static String quoted(String value) {
        return "\"" + PrintableName.of(value).replace("\"", "\\\"") + "\"";
    }

    private String signatureType() {
        return record.hasVersion1() ? "V1+V2" : "V2";
    }

    /** The labels are padded to the longest of them. */
    private String verification(PeerId id) {
        String reason = problem.map(text -> " Reason: " + text + "\n").orElse("");
        String space = problem.isPresent() ? "  " : " ";
        return "\nValidation results:\n Valid:%s%s\n%s Name: %s%s\n"
                .formatted(space, problem.isEmpty(), reason, problem.isPresent() ? "  " : " ", id.name());
    }

    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("Value", part(record::value).orElse(""));
        entry.put("ValidityType", part(record::validityType).orElse(null));
        entry.put("Validity", part(record::validity).map(GoTime::format).orElse(null));
        entry.put("Sequence", part(record::sequence).orElse(null));
        entry.put("TTL", part(record::ttl).orElse(null));
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("Entry", entry);
        fields.put("PbSize", record.encode().length);
        fields.put("SignatureType", signatureType());
        fields.put("HexDump", withBytes ? new HexDump(record.encode()).toString() : "");
        fields.put("Validation", name.map(this::validation).orElse(null));
        return fields;
    }

    private Map<String, Object> validation(PeerId id) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Valid", problem.isEmpty());
        fields.put("Reason", problem.orElse(""));
        fields.put("Name", id.name());
        return fields;
    }
}
