package org.s3ds.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** How a command is used, as text: what it takes, its options with their defaults, an example. */
final class Usage {
    private static final int OPTION_WIDTH = 36;

    private final Invocation invocation;
    private final Optional<CommandSpec> spec;

    private Usage(Invocation invocation, Optional<CommandSpec> spec) {
        this.invocation = invocation;
        this.spec = spec;
    }

    /** Of a command whose options and arguments are known. */
    Usage(Invocation invocation, CommandSpec spec) {
        this(invocation, Optional.of(spec));
    }

    /** Of a command in short, without its options. */
    Usage(Invocation invocation) {
        this(invocation, Optional.empty());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("USAGE\n");
        text.append("  %s%s - %s\n\n".formatted(invocation.words(), arguments(), summary()));
        spec.ifPresent(known -> {
            section(text, "ARGUMENTS", known.positionalParameters(), Usage::line);
            section(text, "OPTIONS", own(known), Usage::line);
            paragraph(text, "DESCRIPTION", known.usageMessage().description());
            paragraph(text, "EXAMPLE", known.usageMessage().footer());
        });
        section(text, "COMMANDS", invocation.command().children(), this::line);
        if (spec.isPresent()) {
            section(text, "OPTIONS OF EVERY COMMAND", global(), Usage::line);
        } else {
            text.append("  For its options, defaults and an example: %s --help\n".formatted(invocation.words()));
        }
        return text.toString();
    }

    private String summary() {
        return invocation.command().summary();
    }

    private String arguments() {
        return spec.stream()
                .flatMap(known -> known.positionalParameters().stream())
                .filter(parameter -> !parameter.hidden())
                .map(parameter -> " " + parameter.paramLabel())
                .collect(Collectors.joining());
    }

    private static List<OptionSpec> own(CommandSpec spec) {
        return spec.options().stream()
                .filter(option -> !option.hidden() && !isGlobal(spec, option))
                .toList();
    }

    private List<OptionSpec> global() {
        return spec.stream()
                .flatMap(
                        known -> known.options().stream().filter(option -> !option.hidden() && isGlobal(known, option)))
                .toList();
    }

    private static boolean isGlobal(CommandSpec spec, OptionSpec option) {
        CommandSpec global = spec.mixins().get(Arguments.GLOBAL);
        return global != null && global.findOption(option.longestName()) != null;
    }

    private static <T> void section(StringBuilder text, String title, List<T> items, Function<T, String> line) {
        if (!items.isEmpty()) {
            text.append(title).append('\n');
            items.forEach(item -> text.append(line.apply(item)));
            text.append('\n');
        }
    }

    private static void paragraph(StringBuilder text, String title, String[] lines) {
        section(text, title, Arrays.asList(lines), line -> "  " + line + "\n");
    }

    private String line(Command child) {
        return columns(invocation.words() + " " + child.name(), child.summary());
    }

    private static String line(PositionalParamSpec parameter) {
        return columns(parameter.paramLabel(), String.join(" ", parameter.description()));
    }

    private static String line(OptionSpec option) {
        String value = isFlag(option) ? "" : " " + option.paramLabel();
        return columns(
                String.join(", ", option.names()) + value, String.join(" ", option.description()) + standard(option));
    }

    private static boolean isFlag(OptionSpec option) {
        return option.type() == boolean.class || option.type() == Boolean.class;
    }

    /** The sentence about the default, where the description does not tell it. */
    private static String standard(OptionSpec option) {
        Object value = option.initialValue();
        boolean told = String.join(" ", option.description()).contains("Default:");
        if (told || value == null || value.equals(false) || value.toString().isEmpty() || value instanceof List<?>) {
            return "";
        }
        return " Default: " + value.toString().toLowerCase(Locale.ROOT) + ".";
    }

    private static String columns(String left, String right) {
        return "  " + left + " ".repeat(Math.max(2, OPTION_WIDTH - left.length())) + right + "\n";
    }
}
