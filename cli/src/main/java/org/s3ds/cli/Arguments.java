package org.s3ds.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Fills an action from the words of a command line, with Kubo's sentences for what is wrong with them. */
final class Arguments {
    /** What the options of every command are called among the parts of a command. */
    static final String GLOBAL = "global";

    private final CommandLine parser;

    /** For an action, or any object with picocli annotations, and the options that every command takes. */
    Arguments(Object action, GlobalOptions global) {
        parser = new CommandLine(CommandSpec.forAnnotatedObject(action));
        parser.getCommandSpec().addMixin(GLOBAL, CommandSpec.forAnnotatedObject(global));
        parser.setExpandAtFiles(false);
        parser.registerConverter(Boolean.class, Arguments::truth);
        parser.registerConverter(boolean.class, Arguments::truth);
        parser.registerConverter(int.class, Arguments::number);
    }

    /** The options and arguments there are. */
    CommandSpec spec() {
        return parser.getCommandSpec();
    }

    /** Fills the annotated fields. */
    void parse(List<String> words) throws UsageException {
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

    private static boolean truth(String text) {
        try {
            return GoNumber.parseBoolean(text);
        } catch (IOException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static int number(String text) {
        try {
            return (int) GoNumber.parse(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new TypeConversionException(e.getMessage());
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
