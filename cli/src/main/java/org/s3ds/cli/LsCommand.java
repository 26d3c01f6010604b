package org.s3ds.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Link;
import org.s3ds.node.unixfs.Listed;
import org.s3ds.node.unixfs.Lister;
import org.s3ds.rpc.Reply;
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
final class LsCommand implements Operation.OfNode {
    private final Session session;

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

    @OrInput
    @Parameters(paramLabel = "<ipfs-path>...", arity = "0..*", description = "CIDs, or paths that begin with one.")
    private List<String> paths = List.of();

    LsCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        CidText cids = CidText.of(session.global());
        List<Object> directories = new ArrayList<>();
        for (String path : paths) {
            Cid root = session.resolve(path);
            if (stream) {
                list(root, listed -> reply.value(objects(List.of(object(path, List.of(listed), cids)))));
            } else {
                directories.add(object(path, sorted(root), cids));
            }
        }
        if (!stream) {
            reply.only(objects(directories));
        }
    }

    private static Map<String, Object> objects(List<Object> directories) {
        return Map.of("Objects", directories);
    }

    private static Map<String, Object> object(String path, List<Listed> entries, CidText cids) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Hash", path);
        fields.put("Links", new LsLinks(entries, cids));
        return fields;
    }

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

    private void list(Cid root, Each each) throws IOException {
        try (Lister lister = new Lister(session.node().blocks(), root, isTrue(resolveType) || isTrue(size))) {
            for (Optional<Listed> one = lister.next(); one.isPresent(); one = lister.next()) {
                each.take(one.get());
            }
        }
    }

    @Override
    public boolean textAlone() {
        return true;
    }

    @Override
    public Display display(Terminal terminal) {
        LsTable table =
                new LsTable(isTrue(size), longFormat, stream, Clock.systemUTC().instant());
        return new LsDisplay(terminal, table, headers, paths);
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return flag == null || flag;
    }
}
