package org.s3ds.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command that a command line names, and what is left of the line.
 *
 * @param path the commands passed on the way, from {@link Commands#ROOT} to the one meant
 * @param arguments every other word, in order: options and arguments
 */
record Invocation(List<Command> path, List<String> arguments) {
    Invocation {
        path = List.copyOf(path);
        arguments = List.copyOf(arguments);
    }

    /** Follows the words from a command down, passing over options, to the first word that names no command. */
    static Invocation find(Command root, List<String> words) {
        List<Command> path = new ArrayList<>(List.of(root));
        List<String> arguments = new ArrayList<>();
        int position = 0;
        while (position < words.size()) {
            String word = words.get(position);
            int length = optionLength(word);
            if (length > 0) {
                int end = Math.min(words.size(), position + length);
                arguments.addAll(words.subList(position, end));
                position = end;
                continue;
            }
            Optional<Command> child =
                    word.equals("--") ? Optional.empty() : path.getLast().child(word);
            if (child.isEmpty()) {
                arguments.addAll(words.subList(position, words.size()));
                break;
            }
            path.add(child.get());
            position++;
        }
        return new Invocation(path, arguments);
    }

    /** Follows the path of a request, to the first part that names no command; what is left are arguments. */
    static Invocation find(List<String> parts) {
        List<Command> path = new ArrayList<>(List.of(Commands.ROOT));
        for (String part : parts) {
            Optional<Command> child = path.getLast().child(part);
            if (child.isEmpty()) {
                break;
            }
            path.add(child.get());
        }
        return new Invocation(path, parts.subList(path.size() - 1, parts.size()));
    }

    /** How many words an option takes that stands before the command's last word; 0 when the word is no option. */
    private static int optionLength(String word) {
        if (!word.startsWith("-") || word.equals("-") || word.equals("--")) {
            return 0;
        }
        return GlobalOptions.WITH_VALUE.contains(word) ? 2 : 1;
    }

    /** The command meant. */
    Command command() {
        return path.getLast();
    }

    /** The words as they are typed, such as {@code s3ds block put}. */
    String words() {
        return String.join(" ", path.stream().map(Command::name).toList());
    }

    /** A group takes no arguments: a word after it is meant to be a command, and there is none of that name. */
    void refuseStrayWord() throws UsageException {
        Optional<String> stray =
                arguments.stream().filter(word -> optionLength(word) == 0).findFirst();
        if (command().maker().isPresent() || stray.isEmpty()) {
            return;
        }
        if (path.size() == 1) {
            throw UsageException.withoutUsage("Unknown Command \"%s\"\n".formatted(stray.get()));
        }
        throw new UsageException("expected 0 argument(s), got " + arguments.size());
    }
}
