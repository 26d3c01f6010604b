package org.s3ds.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.node.migrate.MigrationPlan;
import org.s3ds.node.migrate.MigrationStatus;
import org.s3ds.node.migrate.Moved;
import org.s3ds.node.repo.Json;

/** What commands tell of migrations, for people and for scripts. */
final class MigrationReport {
    private MigrationReport() {}

    static void show(TerminalSession session, boolean json, String text, Map<String, ? extends @Nullable Object> fields)
            throws IOException {
        session.terminal().out().println(json || session.json() ? Json.pretty(fields) : text);
    }

    /** A plan: a line for each thing to know. */
    static String text(MigrationPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("From:     " + plan.from() + ", " + words(plan, plan.source()));
        lines.add("To:       " + plan.to() + ", " + targetWords(plan));
        lines.add("To copy:  " + words(plan, plan.toCopy()));
        if (plan.requests().lists() > 0) {
            lines.add("Requests: " + words(plan.requests()));
        }
        plan.time()
                .ifPresent(time -> lines.add("Time:     about " + words(time)
                        + " to copy, while the repo is in use; then a moment without it"));
        plan.freeBytes()
                .ifPresent(free -> lines.add(
                        "Room:     " + Amount.of(free) + " are free" + (plan.hasRoom() ? "" : ", too little")));
        if (plan.foreign().count() > 0) {
            lines.add("Foreign:  %d names that are no blocks stay where they are, such as %s"
                    .formatted(plan.foreign().count(), plan.foreign().first().getFirst()));
        }
        lines.add("Changes:  Datastore.Spec in config, and datastore_spec:");
        lines.add("  from    " + plan.specBefore());
        lines.add("  to      " + plan.specAfter());
        plan.notes().forEach(note -> lines.add("Note:     " + note));
        return String.join("\n", lines);
    }

    private static String targetWords(MigrationPlan plan) {
        if (plan.target().count() == 0) {
            return "no " + kind(plan) + " there";
        }
        String others = plan.others().count() == 0
                ? ", all of them this repo's"
                : ", %,d of them not this repo's".formatted(plan.others().count());
        return words(plan, plan.target()) + " there" + others;
    }

    private static String words(MigrationPlan.Requests requests) {
        String gets = requests.gets() > 0 ? "%,d GET, ".formatted(requests.gets()) : "";
        String puts = requests.puts() > 0 ? "%,d PUT, ".formatted(requests.puts()) : "";
        return gets + puts + "about %,d LIST".formatted(requests.lists()) + cost(requests.dollars());
    }

    /** Where nothing is paid for requests there is nothing to say. */
    private static String cost(OptionalDouble dollars) {
        double amount = dollars.orElse(0);
        if (amount <= 0) {
            return "";
        }
        return amount < 0.01
                ? ", less than 0.01 US dollars"
                : String.format(Locale.ROOT, ", about %.2f US dollars", amount);
    }

    private static String words(MigrationPlan plan, Totals totals) {
        return "%,d %s (%s)".formatted(totals.count(), kind(plan), Amount.of(totals.bytes()));
    }

    private static String kind(MigrationPlan plan) {
        return plan.isOfBlocks() ? "blocks" : "values";
    }

    private static String words(Duration time) {
        long seconds = Math.max(1, time.toSeconds());
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    static Map<String, @Nullable Object> fields(MigrationPlan plan) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("From", plan.from());
        fields.put("To", plan.to());
        put(fields, "Source", plan.source());
        put(fields, "Target", plan.target());
        put(fields, "Others", plan.others());
        put(fields, "ToCopy", plan.toCopy());
        fields.put("Foreign", plan.foreign().count());
        MigrationPlan.Requests requests = plan.requests();
        fields.put("Gets", requests.gets());
        fields.put("Puts", requests.puts());
        fields.put("Lists", requests.lists());
        fields.put(
                "Dollars",
                requests.dollars().isPresent() ? dollars(requests.dollars().getAsDouble()) : null);
        fields.put("Seconds", plan.time().map(Duration::toSeconds).orElse(null));
        fields.put("FreeBytes", plan.freeBytes().isPresent() ? plan.freeBytes().getAsLong() : null);
        fields.put("SpecBefore", plan.specBefore());
        fields.put("SpecAfter", plan.specAfter());
        fields.put("Notes", plan.notes());
        return fields;
    }

    private static BigDecimal dollars(double amount) {
        return BigDecimal.valueOf(Math.round(amount * 1e4), 4);
    }

    /** Counts of a journal with the names that JSON has here: {@code BytesCopied} for {@code bytes copied}. */
    static Map<String, @Nullable Object> camel(Map<?, ?> counts) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        counts.forEach((name, value) -> fields.put(
                Stream.of(String.valueOf(name).split(" ", -1))
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining()),
                value));
        return fields;
    }

    private static void put(Map<String, @Nullable Object> fields, String name, Totals totals) {
        fields.put(name + "Blocks", totals.count());
        fields.put(name + "Bytes", totals.bytes());
    }

    /** What was done. */
    static String text(Moved moved) {
        String text = moved.copied().isEmpty()
                ? "the repo has " + moved.to()
                : "the repo has %s now; it was locked for %s, in which %s were copied and %s deleted"
                        .formatted(
                                moved.to(),
                                seconds(moved.downtime()),
                                moved.copied().getOrDefault("copied", 0L),
                                moved.copied().getOrDefault("deleted", 0L));
        return text + "\nwhat was at " + moved.from() + " is there still"
                + (moved.released() ? ", where another repo may claim it from now on" : "")
                + ": \"s3ds migrate clean\" removes it"
                + (moved.back() ? "" : ", and \"s3ds migrate revert\" leads back");
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    static Map<String, @Nullable Object> fields(Moved moved) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("Number", (long) moved.number());
        fields.put("From", moved.from());
        fields.put("To", moved.to());
        fields.put("DowntimeMillis", moved.downtime().toMillis());
        fields.put("Released", moved.released());
        put(fields, "Copied", moved.total());
        fields.put("LastPass", camel(moved.copied()));
        return fields;
    }

    /** A migration, and each of its steps. */
    static String text(MigrationStatus status) {
        StringBuilder text = new StringBuilder("Migration %d of %s, from %s to %s: %s"
                .formatted(
                        status.number(),
                        status.mountpoint(),
                        status.from(),
                        status.to(),
                        status.state().words()));
        for (Map<?, ?> step : status.steps()) {
            text.append("\n  ").append(step.get("time")).append("  ").append(step.get("step"));
            step.forEach((name, value) -> {
                if (!List.of("version", "time", "step").contains(String.valueOf(name))) {
                    text.append(", ").append(name).append(' ').append(value);
                }
            });
        }
        return text.toString();
    }
}
