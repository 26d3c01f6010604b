package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** {@code commands}: what a daemon can be asked for. */
@Command(
        description = "Prints every command that a daemon can be asked for.",
        footer = {"s3ds commands", "s3ds commands --flags"})
final class CommandsCommand implements Operation.OfNode {
    private final Session session;

    @Option(
            names = {"--flags", "-f"},
            description = "Print the options of each, too.")
    private boolean flags;

    CommandsCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        Map<String, Object> tree = tree(Commands.ROOT);
        tree.put("Name", "ipfs"); // whoever asks knows it by this name
        tree.put("Options", options(new GlobalOptions()));
        reply.only(tree);
    }

    private Map<String, Object> tree(org.s3ds.cli.Command command) {
        List<Object> children = new ArrayList<>();
        for (org.s3ds.cli.Command child : command.children()) {
            if (isShared(child)) {
                children.add(tree(child));
            }
        }
        Optional<Operation> operation = command.operation(session);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Name", command.name());
        fields.put("Subcommands", children);
        fields.put("Options", operation.map(CommandsCommand::options).orElse(List.of()));
        return fields;
    }

    private boolean isShared(org.s3ds.cli.Command command) {
        return command.operation(session).isPresent()
                || command.children().stream().anyMatch(this::isShared);
    }

    private static List<Object> options(Object holder) {
        List<Object> options = new ArrayList<>();
        for (OptionSpec option : CommandSpec.forAnnotatedObject(holder).options()) {
            options.add(Map.of(
                    "Names",
                    Arrays.stream(option.names())
                            .map(name -> name.replaceFirst("^--?", ""))
                            .sorted(Comparator.comparingInt(String::length).reversed())
                            .toList()));
        }
        return options;
    }

    @Override
    public Display display(Terminal terminal) {
        return Display.lines(terminal, fields -> {
            List<String> lines = new ArrayList<>();
            collect(fields, "s3ds", lines);
            lines.sort(Comparator.naturalOrder());
            return String.join("\n", lines);
        });
    }

    private void collect(Map<?, ?> tree, String path, List<String> lines) {
        lines.add(path);
        for (Object option : flags && tree.get("Options") instanceof List<?> list ? list : List.of()) {
            if (option instanceof Map<?, ?> fields && fields.get("Names") instanceof List<?> names) {
                lines.add(path + " "
                        + String.join(
                                " / ",
                                names.stream().map(CommandsCommand::dashed).toList()));
            }
        }
        for (Object child : tree.get("Subcommands") instanceof List<?> list ? list : List.of()) {
            if (child instanceof Map<?, ?> fields) {
                collect(fields, path + " " + fields.get("Name"), lines);
            }
        }
    }

    private static String dashed(Object name) {
        return (String.valueOf(name).length() == 1 ? "-" : "--") + name;
    }
}
