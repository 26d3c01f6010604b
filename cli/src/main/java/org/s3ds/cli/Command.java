package org.s3ds.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A word on the command line, and the words that may follow it.
 *
 * @param name the word
 * @param summary what it does, a short sentence
 * @param action makes what it does, an object with picocli annotations; empty for a mere group
 * @param children the words below it, in the order of the help
 */
record Command(String name, String summary, Optional<Function<Session, Action>> action, List<Command> children) {
    Command {
        children = List.copyOf(children);
    }

    /** A command, perhaps with others below it. */
    static Command of(String name, String summary, Function<Session, Action> action, Command... children) {
        return new Command(name, summary, Optional.of(action), Arrays.asList(children));
    }

    /** A word that does nothing by itself. */
    static Command group(String name, String summary, Command... children) {
        return new Command(name, summary, Optional.empty(), Arrays.asList(children));
    }

    /** The command below this one that has a name. */
    Optional<Command> child(String word) {
        return children.stream().filter(child -> child.name.equals(word)).findFirst();
    }
}
