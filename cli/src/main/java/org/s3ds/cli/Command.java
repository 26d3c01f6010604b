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
 * @param maker makes what it does, an object with picocli annotations; empty for a mere group
 * @param children the words below it, in the order of the help
 */
record Command(String name, String summary, Optional<Maker> maker, List<Command> children) {
    Command {
        children = List.copyOf(children);
    }

    /** Where what a command does can be done. */
    sealed interface Maker {
        /** In this process alone. */
        record Local(Function<TerminalSession, Action> make) implements Maker {}

        /** In the process that has the repo: a daemon, if one runs, else this one. */
        record Shared(Function<Session, Operation> make) implements Maker {}

        /** Wherever it is asked for: it needs no repo. */
        record Anywhere(Function<Session, Operation> make) implements Maker {}
    }

    /** A command that is run in this process, perhaps with others below it. */
    static Command of(String name, String summary, Function<TerminalSession, Action> make, Command... children) {
        return new Command(name, summary, Optional.of(new Maker.Local(make)), Arrays.asList(children));
    }

    /** A command that a daemon can be asked to do, perhaps with others below it. */
    static Command shared(String name, String summary, Function<Session, Operation> make, Command... children) {
        return new Command(name, summary, Optional.of(new Maker.Shared(make)), Arrays.asList(children));
    }

    /** The same for one that needs no repo, so that no daemon is asked. */
    static Command anywhere(String name, String summary, Function<Session, Operation> make, Command... children) {
        return new Command(name, summary, Optional.of(new Maker.Anywhere(make)), Arrays.asList(children));
    }

    /** A word that does nothing by itself. */
    static Command group(String name, String summary, Command... children) {
        return new Command(name, summary, Optional.empty(), Arrays.asList(children));
    }

    /** The command below this one that has a name. */
    Optional<Command> child(String word) {
        return children.stream().filter(child -> child.name.equals(word)).findFirst();
    }

    /** Makes what is done in this process alone; empty for a group, and for what a daemon can be asked to do. */
    Optional<Action> action(TerminalSession session) {
        return maker.flatMap(known -> switch (known) {
            case Maker.Local(Function<TerminalSession, Action> make) -> Optional.of(make.apply(session));
            case Maker.Shared _, Maker.Anywhere _ -> Optional.empty();
        });
    }

    /** Makes what a daemon can be asked to do; empty for anything else. */
    Optional<Operation> operation(Session session) {
        return maker.flatMap(known -> switch (known) {
            case Maker.Local _ -> Optional.empty();
            case Maker.Shared(Function<Session, Operation> make) -> Optional.of(make.apply(session));
            case Maker.Anywhere(Function<Session, Operation> make) -> Optional.of(make.apply(session));
        });
    }

    /** Whether no daemon is asked, though one could be. */
    boolean anywhere() {
        return maker.filter(Maker.Anywhere.class::isInstance).isPresent();
    }
}
