package org.s3ds.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.s3ds.node.blocks.CorruptBlockException;
import org.s3ds.node.upkeep.BadBlock;
import org.s3ds.node.upkeep.DifferingBlock;
import org.s3ds.node.upkeep.InspectionReport;
import org.s3ds.node.upkeep.MissingBlock;
import org.s3ds.node.upkeep.Tally.Item;

/** What {@code verify} tells, as fields and as text. */
final class VerifyLines {
    private VerifyLines() {}

    static Map<String, Object> of(BadBlock bad, String cid, String where) {
        String message = bad.lengths().isEmpty() ? bad.error() : bad.error() + "; " + bad.lengths();
        return block(bad.kind().key(), cid, where, message + bad.steps(), bad.fate() == BadBlock.Fate.HEALED);
    }

    static Map<String, Object> of(MissingBlock missing, String cid) {
        Map<String, Object> fields = block("missing", cid, missing.where(), missing.reason(), missing.restored());
        fields.put("Keeper", missing.keeper());
        fields.put("Path", missing.path());
        return fields;
    }

    /** That a damaged block is damaged is told with the block itself. */
    static Map<String, Object> broken(String keeper, String cid, String where, IOException failure) {
        String reason = failure instanceof CorruptBlockException ? "it is damaged" : failure.getMessage();
        Map<String, Object> fields =
                block("broken", cid, where, "what " + keeper + " needs below it is not known: " + reason, false);
        fields.put("Keeper", keeper);
        return fields;
    }

    static Map<String, Object> of(DifferingBlock block, String cid, String where) {
        String index = block.indexed().isEmpty()
                ? "does not know it"
                : "has " + block.indexed().getAsLong() + " bytes";
        String store = block.stored().isEmpty()
                ? "has not got it"
                : "has " + block.stored().getAsLong() + " bytes";
        String repair = block.repaired()
                ? "; damaged, and repaired"
                : block.failure().isEmpty() ? "" : "; damaged, and not repaired: " + block.failure();
        String message = "the index " + index + ", the bucket " + store + repair;
        return block("differs", cid, where, message, block.repaired());
    }

    private static Map<String, Object> block(String kind, String name, String where, String message, boolean repaired) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Class", kind);
        fields.put("Cid", name);
        fields.put("Where", where);
        fields.put("Message", message);
        fields.put("Repaired", repaired);
        return fields;
    }

    /** What all of it comes to. */
    static Map<String, Object> sums(InspectionReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Whole", report.isWhole());
        fields.put("Blocks", report.listed().count());
        fields.put("Bytes", report.listed().bytes());
        long looked = report.looked().get(Item.BLOCKS);
        if (report.sample().isPresent()) {
            fields.put("Read", looked);
            fields.put("Ok", report.good());
            fields.put("Seed", report.sample().get().seed());
        } else {
            fields.put("Asked", looked);
            fields.put("Proved", report.looked().get(Item.PROVED));
            fields.put("Unproved", report.looked().get(Item.UNPROVED));
        }
        fields.putAll(counts(report));
        fields.put("Needed", report.needed());
        fields.put("Restored", report.restored());
        fields.put("Repaired", report.repaired());
        fields.put("Foreign", report.foreign());
        fields.put("ForeignNames", report.foreignNames());
        return fields;
    }

    private static Map<String, Long> counts(InspectionReport report) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("Corrupt", report.corrupt());
        counts.put("Truncated", report.looked().get(Item.TRUNCATED));
        counts.put("Unreadable", report.looked().get(Item.UNREADABLE));
        counts.put("Unchecked", report.looked().get(Item.UNCHECKED));
        counts.put("Missing", report.missing());
        counts.put("Broken", report.broken());
        counts.put("Differing", report.drifts());
        return counts;
    }

    /** What is not as it should be, in words. */
    static String faults(InspectionReport report) {
        StringJoiner words = new StringJoiner(", ");
        counts(report).forEach((name, count) -> {
            if (count > 0) {
                words.add(count + " " + name.toLowerCase(Locale.ROOT));
            }
        });
        return words + (report.repaired() > 0 ? "; " + report.repaired() + " of them repaired" : "");
    }

    /** A line for a block, and some for the sums. */
    static String text(Map<?, ?> fields) {
        if (fields.get("Class") == null) {
            return sums(fields);
        }
        Object where = fields.get("Where");
        return "%-10s %s%s: %s"
                .formatted(
                        fields.get("Class"),
                        fields.get("Cid"),
                        "".equals(where) ? "" : " (" + where + ")",
                        fields.get("Message"));
    }

    private static String sums(Map<?, ?> fields) {
        String read = fields.get("Read") == null
                ? "no block was read but those with links" + proved(fields)
                : fields.get("Read") + " read, " + fields.get("Ok") + " of them ok";
        String foreign = fields.get("ForeignNames") instanceof List<?> names && !names.isEmpty()
                ? ", foreign names beside them: " + fields.get("Foreign") + ", such as "
                        + String.join(", ", names.stream().map(String::valueOf).toList())
                : "";
        return "%s, %s: %s; %s needed by pins and files, %d of them missing; %s repaired%s"
                .formatted(
                        Plural.of(number(fields, "Blocks"), "block"),
                        Amount.of(number(fields, "Bytes")),
                        read,
                        fields.get("Needed"),
                        number(fields, "Missing") - number(fields, "Restored"),
                        fields.get("Repaired"),
                        foreign);
    }

    private static String proved(Map<?, ?> fields) {
        long asked = number(fields, "Asked");
        String words = asked == number(fields, "Unproved")
                ? ", the store keeps no checksums of the " + asked + " that it was asked about"
                : ", %d of %d proved by the checksum that the store keeps".formatted(number(fields, "Proved"), asked);
        return asked == 0 ? "" : words;
    }

    private static long number(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof Long number ? number : 0;
    }
}
