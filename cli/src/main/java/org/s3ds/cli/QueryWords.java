package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.s3ds.rpc.BadRequestException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The words of a command line that say what the query of a request says, with Kubo's sentences for a bad one. */
final class QueryWords {
    private static final int BAD_REQUEST = 400;
    private static final String ARGUMENT = "arg";

    private final CommandSpec spec;

    QueryWords(CommandSpec spec) {
        this.spec = spec;
    }

    /**
     * Options, then arguments. What the command does not know is passed over, as Kubo does.
     *
     * @param more arguments that stood in the path of the request, before those of the query
     * @throws BadRequestException when a value is not of its option's type, or there are two where one is expected
     */
    List<String> of(List<Map.Entry<String, String>> query, List<String> more) throws BadRequestException {
        Map<OptionSpec, Given> options = new LinkedHashMap<>();
        List<String> arguments = new ArrayList<>(more);
        for (Map.Entry<String, String> entry : query) {
            Optional<OptionSpec> option = find(entry.getKey());
            if (entry.getKey().equals(ARGUMENT)) {
                arguments.add(entry.getValue());
            } else if (option.isPresent()) {
                options.computeIfAbsent(option.get(), _ -> new Given(entry.getKey(), new ArrayList<>()))
                        .add(entry);
            }
        }
        List<String> words = new ArrayList<>();
        for (Map.Entry<OptionSpec, Given> option : options.entrySet()) {
            words.addAll(words(option.getKey(), option.getValue()));
        }
        List<String> taken = arguments.subList(0, Math.min(arguments.size(), most()));
        return Stream.of(words, List.of("--"), taken).flatMap(List::stream).toList();
    }

    /** How many arguments the command takes; what is more than that is passed over. */
    private int most() {
        return spec.positionalParameters().stream()
                .mapToInt(parameter -> parameter.arity().max())
                .reduce(0, (sum, next) -> next == Integer.MAX_VALUE ? next : Math.max(sum, sum + next));
    }

    /** The values of an option, under the first of its names that the query has. */
    private record Given(String name, List<String> values) {
        void add(Map.Entry<String, String> entry) {
            if (entry.getKey().equals(name)) {
                values.add(entry.getValue());
            }
        }
    }

    private Optional<OptionSpec> find(String name) {
        return Stream.of("--" + name, "-" + name)
                .map(spec::findOption)
                .flatMap(Stream::ofNullable)
                .filter(option -> !option.usageHelp())
                .findFirst();
    }

    private static List<String> words(OptionSpec option, Given given) throws BadRequestException {
        if (!option.isMultiValue() && given.values().size() > 1) {
            throw new BadRequestException(
                    BAD_REQUEST,
                    "expected key %s to have only a single value, received [%s]"
                            .formatted(Arguments.name(option), String.join(" ", given.values())));
        }
        List<String> words = new ArrayList<>();
        for (String value : given.values()) {
            check(option, Arguments.name(option), value);
            boolean flag = OptionType.of(option) == OptionType.BOOL;
            words.add(option.longestName() + "=" + (flag && value.isEmpty() ? "true" : value));
        }
        return words;
    }

    private static void check(OptionSpec option, String name, String value) throws BadRequestException {
        OptionType type = OptionType.of(option);
        try {
            type.check(value);
        } catch (IOException _) {
            String what = value.isEmpty() ? "empty value" : "value \"" + value + "\"";
            throw new BadRequestException(
                    BAD_REQUEST,
                    "could not convert %s to type \"%s\" (for option \"-%s\")".formatted(what, type.word(), name));
        }
    }
}
