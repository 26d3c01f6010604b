package org.s3ds.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
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
            throw unmatched(e);
        } catch (MissingParameterException e) {
            throw missing(e.getMissing().getFirst());
        } catch (OverwrittenOptionException e) {
            throw new UsageException("multiple values for option \"%s\"".formatted(name(e.getOverwritten())));
        } catch (ParameterException e) {
            throw notConverted(e);
        }
    }

    private UsageException unmatched(UnmatchedArgumentException e) {
        if (e.isUnknownOption()) {
            String option = e.getUnmatched().getFirst().replaceFirst("^--?", "");
            return UsageException.withoutUsage(
                    "unknown option \"%s\"".formatted(option.substring(0, end(option, option.indexOf('=')))));
        }
        int allowed = spec().positionalParameters().size();
        int given = allowed + e.getUnmatched().size();
        return new UsageException("expected %d argument(s), got %d".formatted(allowed, given));
    }

    private static int end(String text, int index) {
        return index < 0 ? text.length() : index;
    }

    private static UsageException missing(ArgSpec spec) {
        return new UsageException(
                spec.isOption()
                        ? "missing argument for option \"%s\"".formatted(name(spec))
                        : "argument \"%s\" is required".formatted(name(spec)));
    }

    private static UsageException notConverted(ParameterException e) {
        ArgSpec spec = e.getArgSpec();
        if (spec == null) {
            return new UsageException(String.valueOf(e.getMessage()));
        }
        String type = spec.type().getSimpleName().toLowerCase(Locale.ROOT);
        return new UsageException("could not convert value \"%s\" to type \"%s\" (for option \"%s\")"
                .formatted(valueOf(e.getValue()), type, name(spec)));
    }

    private static String valueOf(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** The name without dashes or brackets. */
    static String name(ArgSpec spec) {
        return spec instanceof OptionSpec option
                ? option.longestName().replaceFirst("^--?", "")
                : spec.paramLabel().replaceAll("[<>\\[\\].]", "");
    }
}
