package org.s3ds.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.unixfs.IgnoreRules;
import org.s3ds.node.unixfs.InputException;
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.node.unixfs.InputSize;
import org.s3ds.node.unixfs.LocalInput;
import org.s3ds.node.unixfs.LocalOptions;
import picocli.CommandLine.Option;

/** The options of {@code add} that say which files are meant. */
final class AddInputs {
    @Option(
            names = {"--recursive", "-r"},
            description = "Add directories with all that is in them.")
    private boolean recursive;

    @Option(
            names = {"--hidden", "-H"},
            description = "Add files whose names begin with a dot.")
    private boolean hidden;

    @Option(
            names = "--ignore",
            paramLabel = "<rule>",
            description = "Leave out what fits this rule of gitignore; may be given several times.")
    private List<String> ignore = new ArrayList<>();

    @Option(names = "--ignore-rules-path", paramLabel = "<file>", description = "A file of such rules.")
    private String ignoreRulesPath = "";

    @Option(names = "--dereference-args", description = "Add what the symlinks among the arguments point to.")
    private boolean dereferenceArguments;

    @Option(names = "--dereference-symlinks", description = "Add what any symlink points to.")
    private boolean dereferenceSymlinks;

    @Option(names = "--stdin-name", paramLabel = "<name>", description = "The name of what comes from standard input.")
    private String stdinName = "";

    private final List<String> refused = new ArrayList<>();
    private @Nullable ProgressLine counted;

    /** A sentence for each input so far that could not be added. */
    List<String> refused() {
        return refused;
    }

    /** From the opening on counts all bytes there will be, on a thread of its own, and tells the line. */
    void countInto(ProgressLine line) {
        counted = line;
    }

    private static void count(LocalInput input, List<String> paths, ProgressLine line) {
        Thread.ofVirtual().name("s3ds-size").start(() -> {
            try {
                List<InputNode> nodes = new ArrayList<>();
                for (String path : paths) {
                    nodes.add(input.open(path));
                }
                line.total(InputSize.of(nodes));
            } catch (IOException e) {
                // the add itself meets the same and says so
                return;
            }
        });
    }

    /**
     * Opens what the arguments name.
     *
     * @param wraps whether all come into one directory, where each needs a name of its own
     */
    InputNode.Children open(TerminalSession session, List<String> paths, boolean wraps) throws IOException {
        LocalInput input = new LocalInput(session.terminal().directory(), localOptions(session));
        List<InputNode> nodes = new ArrayList<>();
        List<String> files = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (String path : paths.isEmpty() ? List.of("-") : paths) {
            if (!seen.add(session.terminal().resolve(path).normalize())) {
                continue; // given twice, added once
            }
            if (path.equals("-")) {
                session.announceStandardInput();
                nodes.add(new StandardInput(stdinName, session.terminal().in()));
            } else {
                String meant =
                        dereferenceArguments ? dereferenced(session.terminal().resolve(path), path) : path;
                nodes.add(open(input, meant));
                files.add(meant);
            }
        }
        nodes.sort(Comparator.comparing(InputNode::name, AddInputs::compareBytes));
        if (wraps) {
            refuseEqualNames(nodes);
        }
        if (counted != null && !files.isEmpty()) { // what can be read only once is not counted
            count(input, files, counted);
        }
        return new PresentInputs(InputNode.Children.of(nodes), refused);
    }

    /** What a symlink points to, whose name counts as well. */
    private static String dereferenced(Path file, String path) throws IOException {
        return Files.isSymbolicLink(file) && Files.exists(file)
                ? file.toRealPath().toString()
                : path;
    }

    private static InputNode open(LocalInput input, String path) throws IOException {
        try {
            return input.open(path);
        } catch (InputException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private LocalOptions localOptions(TerminalSession session) throws IOException {
        List<String> rules = new ArrayList<>();
        if (!ignoreRulesPath.isEmpty()) {
            Path file = session.terminal().resolve(ignoreRulesPath);
            rules.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
        }
        rules.addAll(ignore);
        return new LocalOptions(recursive, hidden, IgnoreRules.parse(rules), dereferenceArguments, dereferenceSymlinks);
    }

    /** Kubo would drop one of the two without a word. */
    private static void refuseEqualNames(List<InputNode> nodes) throws UsageException {
        Set<String> names = new HashSet<>();
        for (InputNode node : nodes) {
            if (!names.add(node.name())) {
                throw new UsageException("two of the paths have the name \"" + node.name()
                        + "\", and one directory can hold one of them: rename one, or add them one by one");
            }
        }
    }

    private static int compareBytes(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
