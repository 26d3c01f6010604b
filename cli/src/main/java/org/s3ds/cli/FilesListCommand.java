package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.unixfs.Entity;
import org.s3ds.node.mfs.FileStat;
import org.s3ds.node.mfs.MfsNode;
import org.s3ds.node.mfs.MfsPath;
import org.s3ds.node.unixfs.Listed;
import org.s3ds.node.unixfs.Lister;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code files ls}: what is in a directory of the files. */
@Command(
        description = {"Lists a directory of the files; a file lists itself."},
        footer = "s3ds files ls -l /photos")
final class FilesListCommand extends FilesCommand implements Operation.OfNode {
    private static final long DIRECTORY = 1;

    @Option(
            names = {"--long", "-l"},
            description = "Print CID and size in bytes too, and a slash behind the names of directories.")
    private boolean longFormat;

    @Option(names = "-U", description = "As they are in the directory, not sorted.")
    private boolean unsorted;

    @Parameters(paramLabel = "<path>", arity = "0..1", description = "The directory. Default: /.")
    private String path = "/";

    FilesListCommand(Session session) {
        super(session);
    }

    @Override
    public void perform(Reply reply) throws IOException {
        MfsPath listed = MfsPath.parse(path);
        MfsNode node = files().find(listed);
        FileStat stat = node.stat();
        List<Listed> entries = stat.isDirectory()
                ? entries(node)
                : List.of(new Listed(listed.name(), stat.cid(), stat.size(), Optional.of(stat.entity())));
        List<Map<String, Object>> shown = new ArrayList<>();
        for (Listed entry : entries) {
            shown.add(fields(entry));
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("Entries", shown.isEmpty() ? null : shown);
        reply.only(result);
    }

    private List<Listed> entries(MfsNode directory) throws IOException {
        List<Listed> entries = new ArrayList<>();
        try (Lister lister = new Lister(directory.blocks(), directory.cid(), longFormat)) {
            for (Optional<Listed> one = lister.next(); one.isPresent(); one = lister.next()) {
                entries.add(one.get());
            }
        }
        return entries;
    }

    private Map<String, Object> fields(Listed entry) throws IOException {
        boolean directory = entry.entity().orElse(null) instanceof Entity.Directory;
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Name", entry.name());
        fields.put("Type", longFormat && directory ? DIRECTORY : 0L);
        fields.put("Size", longFormat ? entry.size() : 0L);
        fields.put("Hash", longFormat ? session.text(entry.cid()) : "");
        return fields;
    }

    @Override
    public Display display(Terminal terminal) {
        return new Results(terminal) {
            @Override
            public void value(@Nullable Object value) throws IOException {
                if (value instanceof Map<?, ?> listing) {
                    shown(new Fields(listing).all("Entries").toList()).forEach(terminal.out()::println);
                } else {
                    super.value(value);
                }
            }
        };
    }

    private List<String> shown(List<Fields> entries) {
        List<Fields> shown = new ArrayList<>(entries);
        if (!unsorted) {
            shown.sort(Comparator.comparing(entry -> entry.text("Name"), Link.NAMES));
        }
        return shown.stream().map(this::line).toList();
    }

    private String line(Fields entry) {
        String name = entry.text("Name");
        String slash = entry.number("Type") == DIRECTORY ? "/" : "";
        return longFormat ? name + slash + "\t" + entry.text("Hash") + "\t" + entry.number("Size") : name;
    }
}
