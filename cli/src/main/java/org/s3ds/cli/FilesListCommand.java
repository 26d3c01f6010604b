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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code files ls}: what is in a directory of the files. */
@Command(
        description = {"Lists a directory of the files; a file lists itself."},
        footer = "s3ds files ls -l /photos")
final class FilesListCommand extends FilesCommand {
    @Option(
            names = {"--long", "-l"},
            description = "Print CID and size in bytes too, and a slash behind the names of directories.")
    private boolean longFormat;

    @Option(names = "-U", description = "As they are in the directory, not sorted.")
    private boolean unsorted;

    @Parameters(paramLabel = "<path>", arity = "0..1", description = "The directory. Default: /.")
    private String path = "/";

    FilesListCommand(TerminalSession session) {
        super(session);
    }

    @Override
    public void run() throws IOException {
        MfsPath listed = MfsPath.parse(path);
        MfsNode node = files().find(listed);
        FileStat stat = node.stat();
        List<Listed> entries = stat.isDirectory()
                ? entries(node)
                : List.of(new Listed(listed.name(), stat.cid(), stat.size(), Optional.of(stat.entity())));
        if (session.json()) {
            printJson(entries);
        } else {
            printText(entries);
        }
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

    private void printText(List<Listed> entries) throws IOException {
        List<Listed> shown = new ArrayList<>(entries);
        if (!unsorted) {
            shown.sort(Comparator.comparing(Listed::name, Link.NAMES));
        }
        for (Listed entry : shown) {
            session.terminal().out().println(longFormat ? longLine(entry) : entry.name());
        }
    }

    private String longLine(Listed entry) throws IOException {
        String slash = isDirectory(entry) ? "/" : "";
        return entry.name() + slash + "\t" + session.text(entry.cid()) + "\t" + entry.size();
    }

    private static boolean isDirectory(Listed entry) {
        return entry.entity().orElse(null) instanceof Entity.Directory;
    }

    private void printJson(List<Listed> entries) throws IOException {
        List<Map<String, Object>> shown = new ArrayList<>();
        for (Listed entry : entries) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("Name", entry.name());
            fields.put("Type", longFormat && isDirectory(entry) ? 1 : 0);
            fields.put("Size", longFormat ? entry.size() : 0);
            fields.put("Hash", longFormat ? session.text(entry.cid()) : "");
            shown.add(fields);
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("Entries", shown.isEmpty() ? null : shown);
        session.print("", result);
    }
}
