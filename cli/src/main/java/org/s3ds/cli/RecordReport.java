package org.s3ds.cli;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.ipns.GoTime;
import org.s3ds.ipld.ipns.IpnsRecord;
import org.s3ds.ipld.keys.PeerId;

/**
 * What there is to say of a record, in Kubo's words; what it does not say is left out.
 *
 * @param record the record
 * @param name whose it should be, if that was asked
 * @param problem why it is not, if so
 * @param withBytes whether its bytes are shown
 */
record RecordReport(IpnsRecord record, Optional<PeerId> name, Optional<String> problem, boolean withBytes) {
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

    private static Number unsigned(long number) {
        return number < 0 ? new BigDecimal(Long.toUnsignedString(number)) : (Number) number;
    }

    private String signatureType() {
        return record.hasVersion1() ? "V1+V2" : "V2";
    }

    /** As Kubo has it in JSON. */
    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("Value", part(record::value).orElse(""));
        entry.put("ValidityType", part(record::validityType).orElse(null));
        entry.put("Validity", part(record::validity).map(GoTime::format).orElse(null));
        entry.put("Sequence", part(record::sequence).map(RecordReport::unsigned).orElse(null));
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
