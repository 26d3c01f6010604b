package org.s3ds.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Link;
import org.s3ds.node.unixfs.Listed;
import org.s3ds.node.unixfs.Lister;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ls}: what is in directories. */
@Command(
        description = {
            "Lists directories: CID, size in bytes and name of each entry; of a file, its parts.",
            "With --size=false --resolve-type=false nothing but the directory's own blocks is read."
        },
        footer = "s3ds ls -l QmHash/photos")
final class LsCommand implements Action {
    private static final int PRINTED_AT_ONCE = 32 << 10;

    private final TerminalSession session;

    @Option(
            names = {"--headers", "-v"},
            description = "Print what the columns are.")
    private boolean headers;

    @Option(names = "--resolve-type", description = "Find out what each entry is. Default: true.")
    @Nullable
    private Boolean resolveType;

    @Option(names = "--size", description = "Print sizes. Default: true.")
    @Nullable
    private Boolean size;

    @Option(
            names = {"--stream", "-s"},
            description = "Print entries as they come, in the order of the blocks.")
    private boolean stream;

    @Option(
            names = {"--long", "-l"},
            description = "Print permission bits and times as well.")
    private boolean longFormat;

    @Parameters(paramLabel = "<ipfs-path>...", arity = "0..*", description = "CIDs, or paths that begin with one.")
    private List<String> paths = List.of();

    LsCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        List<String> given = session.orStandardInput(paths, "ipfs-path");
        LsTable table = new LsTable(
                session, isTrue(size), longFormat, stream, Clock.systemUTC().instant());
        List<Directory> directories = new ArrayList<>();
        for (String path : given) {
            directories.add(new Directory(path, session.resolve(path)));
        }
        Titles titles = new Titles(given.size() > 1);
        List<Contents> contents = new ArrayList<>();
        for (Directory directory : directories) {
            if (stream) {
                list(directory.root, listed -> print(titles, directory, List.of(listed), table));
            } else {
                contents.add(new Contents(directory, sorted(directory.root)));
            }
        }
        for (Contents one : contents) {
            print(titles, one.directory, one.entries, table);
        }
    }

    private record Directory(String path, Cid root) {}

    /** Knows whether entries belong to another directory than those before them. */
    private static final class Titles {
        private final boolean several;
        private String last = "";

        Titles(boolean several) {
            this.several = several;
        }

        boolean isNew(Directory directory) {
            return !directory.path.equals(last);
        }

        /** The line before a new directory's entries; empty when there is but one directory. */
        String next(Directory directory) {
            String gap = last.isEmpty() ? "" : "\n";
            last = directory.path;
            return several ? gap + directory.path + ":\n" : "";
        }
    }

    /** All entries of a directory are held, but few of their lines at a time: there may be millions. */
    private record Contents(Directory directory, List<Listed> entries) {}

    @FunctionalInterface
    private interface Each {
        void take(Listed listed) throws IOException;
    }

    private List<Listed> sorted(Cid root) throws IOException {
        List<Listed> entries = new ArrayList<>();
        list(root, entries::add);
        entries.sort(Comparator.comparing(Listed::name, Link.NAMES));
        return entries;
    }

    /** Prints entries; the first of a directory come under its title and the header. */
    private void print(Titles titles, Directory directory, List<Listed> entries, LsTable table) throws IOException {
        AlignedTable aligned = table.aligned();
        boolean first = titles.isNew(directory);
        if (first && headers) {
            aligned.measure(table.header());
        }
        for (Listed entry : entries) {
            aligned.measure(table.line(entry));
        }
        StringBuilder text = new StringBuilder(first ? titles.next(directory) : "");
        if (first && headers) {
            text.append(aligned.line(table.header()));
        }
        for (Listed entry : entries) {
            text.append(aligned.line(table.line(entry)));
            if (text.length() > PRINTED_AT_ONCE) {
                print(text.toString());
                text.setLength(0);
            }
        }
        print(text.toString());
    }

    private void list(Cid root, Each each) throws IOException {
        try (Lister lister = new Lister(session.node().blocks(), root, isTrue(resolveType) || isTrue(size))) {
            for (Optional<Listed> one = lister.next(); one.isPresent(); one = lister.next()) {
                each.take(one.get());
            }
        }
    }

    private void print(String text) {
        session.terminal().out().print(text);
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return flag == null || flag;
    }
}
