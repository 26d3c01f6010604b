package org.s3ds.cli;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Fills an action from the words of a command line, with Kubo's sentences for what is wrong with them. */
final class Arguments {
    /** What the options of every command are called among the parts of a command. */
    static final String GLOBAL = "global";

    private final CommandLine parser;
    private final CommandSpec globalSpec;

    /** For an action, or any object with picocli annotations, and the options that every command takes. */
    Arguments(Object action, GlobalOptions global) {
        globalSpec = CommandSpec.forAnnotatedObject(global);
        parser = new CommandLine(CommandSpec.forAnnotatedObject(action));
        parser.getCommandSpec().addMixin(GLOBAL, globalSpec);
        parser.setExpandAtFiles(false);
        convert(GoNumber::parseBoolean, boolean.class, Boolean.class);
        convert(GoNumber::parseInt, int.class, Integer.class);
        convert(GoNumber::parseLong, long.class, Long.class);
        convert(Unsigned::parse, Unsigned.class);
        convert(UnsignedLong::parse, UnsignedLong.class);
    }

    /** The options and arguments there are. */
    CommandSpec spec() {
        return parser.getCommandSpec();
    }

    /** Lines that stand for arguments. */
    @FunctionalInterface
    interface Lines {
        /** All of them. */
        List<String> read() throws IOException;
    }

    /**
     * Fills the annotated fields.
     *
     * @param input where the argument comes from that may come from standard input, when the words have none
     */
    void parse(List<String> words, Lines input) throws IOException {
        parse(words);
        Optional<PositionalParamSpec> lacking = lacking();
        if (lacking.isPresent()) {
            List<String> lines = input.read();
            if (lines.isEmpty()) {
                throw UsageException.withoutUsage("argument \"%s\" is required".formatted(name(lacking.get())));
            }
            List<String> used = lines.subList(
                    0, Math.min(lines.size(), lacking.get().arity().max()));
            List<String> end = words.contains("--") ? List.of() : List.of("--");
            parse(Stream.of(words, end, used).flatMap(List::stream).toList());
        }
    }

    private Optional<PositionalParamSpec> lacking() {
        return parser.isUsageHelpRequested()
                ? Optional.empty()
                : spec().positionalParameters().stream()
                        .filter(parameter -> is(parameter, OrInput.class)
                                && parameter.stringValues().isEmpty())
                        .findFirst();
    }

    private static boolean is(ArgSpec spec, Class<? extends Annotation> mark) {
        return spec.userObject() instanceof AnnotatedElement field && field.isAnnotationPresent(mark);
    }

    /** What was given, as a daemon is asked for it: options that differ from their defaults, then the arguments. */
    List<Map.Entry<String, String>> query() {
        List<Map.Entry<String, String>> query = new ArrayList<>();
        for (OptionSpec option : spec().options()) {
            if (!isGlobal(option) || GlobalOptions.SENT.contains(option.longestName())) {
                values(option).forEach(value -> query.add(Map.entry(name(option), value)));
            }
        }
        for (PositionalParamSpec argument : spec().positionalParameters()) {
            if (!is(argument, FromFiles.class)) {
                argument.stringValues().forEach(value -> query.add(Map.entry("arg", value)));
            }
        }
        return query;
    }

    /** The name of the argument that names files; empty when the command takes none. */
    Optional<String> upload() {
        return spec().positionalParameters().stream()
                .filter(parameter -> is(parameter, FromFiles.class))
                .map(Arguments::name)
                .findFirst();
    }

    private boolean isGlobal(OptionSpec option) {
        return globalSpec.findOption(option.longestName()) != null;
    }

    private static List<String> values(OptionSpec option) {
        Object value = option.getValue();
        if (value == null || Objects.equals(value, option.initialValue())) {
            return List.of();
        }
        return value instanceof Collection<?> all
                ? all.stream().map(String::valueOf).toList()
                : List.of(value.toString());
    }

    private void parse(List<String> words) throws UsageException {
        try {
            parser.parseArgs(words.toArray(String[]::new));
        } catch (UnmatchedArgumentException e) {
            throw unmatched(e, words);
        } catch (MissingParameterException e) {
            throw missing(e.getMissing().getFirst(), words);
        } catch (OverwrittenOptionException e) {
            throw UsageException.withoutUsage("multiple values for option \"%s\"".formatted(name(e.getOverwritten())));
        } catch (ParameterException e) {
            throw notConverted(e);
        }
    }

    /** How Go reads the text of a value. */
    @FunctionalInterface
    private interface Conversion<T> {
        T of(String text) throws IOException;
    }

    @SafeVarargs
    private <T> void convert(Conversion<T> conversion, Class<T>... types) {
        for (Class<T> type : types) {
            parser.registerConverter(type, text -> {
                try {
                    return conversion.of(text);
                } catch (IOException e) {
                    throw new TypeConversionException(e.getMessage());
                }
            });
        }
    }

    private UsageException unmatched(UnmatchedArgumentException e, List<String> words) {
        if (e.isUnknownOption()) {
            String option = cluster(e.getUnmatched().getFirst(), words).replaceFirst("^--?", "");
            return UsageException.withoutUsage(
                    "unknown option \"%s\"".formatted(option.substring(0, end(option, option.indexOf('=')))));
        }
        int allowed = spec().positionalParameters().size();
        int given = allowed + e.getUnmatched().size();
        return new UsageException("expected %d argument(s), got %d".formatted(allowed, given));
    }

    /** The word that an unknown letter stands in, such as {@code -rz}. */
    private static String cluster(String unknown, List<String> words) {
        if (unknown.startsWith("--")) {
            return unknown;
        }
        return words.stream()
                .filter(word -> word.matches("-[^-].*") && word.endsWith(unknown.substring(1)))
                .findFirst()
                .orElse(unknown);
    }

    private static int end(String text, int index) {
        return index < 0 ? text.length() : index;
    }

    /** An option lacks its value when it is the last word. */
    private static UsageException missing(ArgSpec spec, List<String> words) {
        if (spec.isOption()) {
            String option = words.getLast().replaceFirst("^--?", "");
            return UsageException.withoutUsage("missing argument for option \"%s\"".formatted(option));
        }
        return new UsageException("argument \"%s\" is required".formatted(name(spec)));
    }

    private static UsageException notConverted(ParameterException e) {
        String message = String.valueOf(e.getMessage());
        int sentence = message.indexOf("strconv.");
        return sentence < 0 ? new UsageException(message) : UsageException.withoutUsage(message.substring(sentence));
    }

    /** The name without dashes or brackets. */
    static String name(ArgSpec spec) {
        return spec instanceof OptionSpec option
                ? option.longestName().replaceFirst("^--?", "")
                : spec.paramLabel().replaceAll("[<>\\[\\].]", "");
    }
}
