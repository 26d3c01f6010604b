package org.s3ds.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.s3ds.datastore.Finding;
import org.s3ds.datastore.Finding.Verdict;
import org.s3ds.datastore.Setting;

/**
 * What a doctor has to say about one store.
 *
 * @param place where it keeps its data
 * @param warnings what to tell of its spec
 * @param settings every key, with its value and who set it
 * @param findings what was looked at
 */
record DoctorReport(String place, List<String> warnings, List<Setting> settings, List<Finding> findings) {
    private static final int COLUMN = 12;

    DoctorReport {
        warnings = List.copyOf(warnings);
        settings = List.copyOf(settings);
        findings = List.copyOf(findings);
    }

    /** Whether the store would work. */
    boolean works() {
        return findings.stream().noneMatch(finding -> finding.verdict() == Verdict.BAD);
    }

    /** Tables for people. */
    String text() {
        StringBuilder text = new StringBuilder("Store: ").append(place).append("\n\n");
        table(
                text,
                settings.stream()
                        .map(each -> List.of(each.key(), each.source(), each.value()))
                        .toList());
        text.append('\n');
        warnings.forEach(warning -> text.append("Warning: ").append(warning).append('\n'));
        table(
                text,
                findings.stream()
                        .map(each -> List.of(each.check(), word(each.verdict()), each.found()))
                        .toList());
        List<Finding> toDo =
                findings.stream().filter(each -> !each.advice().isEmpty()).toList();
        if (!toDo.isEmpty()) {
            text.append("\nWhat to do:\n");
            table(
                    text,
                    toDo.stream()
                            .map(each -> List.of("  " + each.check(), word(each.verdict()), each.advice()))
                            .toList());
        }
        return text.append('\n')
                .append(works() ? "The store works.\n" : "The store would not work.\n")
                .toString();
    }

    private static void table(StringBuilder text, List<List<String>> lines) {
        AlignedTable table = new AlignedTable(COLUMN);
        lines.forEach(table::measure);
        lines.forEach(line -> text.append(table.line(line).stripTrailing()).append('\n'));
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case GOOD -> "ok";
            case WARNING -> "WARNING";
            case UNTOLD -> "unknown";
            case BAD -> "FAILED";
        };
    }

    /** The same for programs. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Store", place);
        fields.put("Works", works());
        fields.put("Warnings", warnings);
        fields.put("Settings", settings.stream().map(DoctorReport::fields).toList());
        fields.put("Findings", findings.stream().map(DoctorReport::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(Setting setting) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Key", setting.key());
        fields.put("Value", setting.value());
        fields.put("Source", setting.source());
        return fields;
    }

    private static Map<String, Object> fields(Finding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Check", finding.check());
        fields.put("Verdict", finding.verdict().name().toLowerCase(Locale.ROOT));
        fields.put("Found", finding.found());
        fields.put("Advice", finding.advice());
        return fields;
    }
}
