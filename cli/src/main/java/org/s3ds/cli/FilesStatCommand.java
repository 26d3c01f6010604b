package org.s3ds.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.s3ds.ipld.unixfs.Entity;
import org.s3ds.ipld.unixfs.Mtime;
import org.s3ds.node.mfs.FileStat;
import org.s3ds.node.mfs.LocalPart;
import org.s3ds.node.mfs.MfsNode;
import org.s3ds.node.mfs.MfsPath;
import org.s3ds.rpc.Reply;
import org.s3ds.rpc.RpcException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code files stat}: what is at a path. */
@Command(
        description = {
            "Shows what is at a path of the files, or of any content: CID, bytes, kind, permissions, time.",
            "A format may have <hash> <size> <cumulsize> <childs> <type> <mode> <mode-octal> <mtime>",
            "<mtime-secs> <mtime-nsecs>."
        },
        footer = "s3ds files stat --format='<hash> <type>' /photos")
final class FilesStatCommand extends FilesCommand implements Operation.OfNode {
    private static final String STANDARD = """
            <hash>
            Size: <size>
            CumulativeSize: <cumulsize>
            ChildBlocks: <childs>
            Type: <type>
            Mode: <mode> (<mode-octal>)
            Mtime: <mtime>""";

    private static final String NOT_SET = "not set";
    private static final int ALL = 0777;
    private static final int BITS = 07777;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Option(names = "--format", paramLabel = "<format>", description = "What is printed. Default: all there is.")
    private String format = STANDARD;

    @Option(names = "--hash", description = "Print the CID alone.")
    private boolean hash;

    @Option(names = "--size", description = "Print the bytes of all blocks alone.")
    private boolean size;

    @Option(names = "--with-local", description = "Look how much of it is there.")
    private boolean withLocal;

    @Parameters(paramLabel = "<path>", description = "A path of the files, or of any content, such as /ipfs/CID.")
    private String path = "";

    FilesStatCommand(Session session) {
        super(session);
    }

    @Override
    public void perform(Reply reply) throws IOException {
        shown();
        MfsNode node = node();
        FileStat stat = node.stat();
        Optional<LocalPart> local =
                withLocal ? Optional.of(LocalPart.of(session.node().blocks(), node.root())) : Optional.empty();
        reply.only(fields(stat, local));
    }

    private String shown() throws IOException {
        int chosen = (hash ? 1 : 0) + (size ? 1 : 0) + (format.equals(STANDARD) ? 0 : 1);
        if (chosen > 1) {
            throw new RpcException(
                    1, "invalid parameters: format was set by multiple options. Only one format option is allowed");
        }
        if (hash) {
            return "<hash>";
        }
        return size ? "<cumulsize>" : format;
    }

    private MfsNode node() throws IOException {
        return switch (FilesArgument.parse(path)) {
            case FilesArgument.Files(MfsPath file) -> files().find(file);
            case FilesArgument.Content(String content) ->
                MfsNode.read(session.node().blocks(), session.resolve(content));
        };
    }

    private static String type(FileStat stat) {
        return stat.isDirectory() ? "directory" : "file";
    }

    /** Kubo shows a symlink without permissions as if it had all; 0 is none. */
    private static int mode(FileStat stat) {
        int otherwise = stat.entity() instanceof Entity.Symlink ? ALL : 0;
        return stat.entity().metadata().mode().orElse(otherwise) & BITS;
    }

    private Map<String, Object> fields(FileStat stat, Optional<LocalPart> local) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Hash", session.text(stat.cid()));
        fields.put("Size", stat.size());
        fields.put("CumulativeSize", stat.cumulativeSize());
        fields.put("Blocks", (long) stat.links());
        fields.put("Type", type(stat));
        local.ifPresent(part -> putLocal(fields, part));
        stat.entity().metadata().mtime().ifPresent(time -> putTime(fields, time));
        if (mode(stat) != 0) {
            fields.put("Mode", GoFileMode.octal(stat.entity(), mode(stat)));
        }
        return fields;
    }

    /** Go leaves out what is zero or false. */
    private static void putLocal(Map<String, Object> fields, LocalPart part) {
        fields.put("WithLocality", true);
        if (part.whole()) {
            fields.put("Local", true);
        }
        if (part.bytes() != 0) {
            fields.put("SizeLocal", part.bytes());
        }
    }

    private static void putTime(Map<String, Object> fields, Mtime time) {
        if (time.seconds() != 0) {
            fields.put("Mtime", time.seconds());
        }
        if (time.nanos() != 0) {
            fields.put("MtimeNsecs", (long) time.nanos());
        }
    }

    @Override
    public Display display(Terminal terminal) {
        return Display.lines(terminal, map -> {
            Fields fields = new Fields(map);
            return text(shown(), fields) + (fields.flag("WithLocality") ? "\n" + local(fields) : "");
        });
    }

    /** No permissions are none stored; Kubo shows no time before 1970, or in its first second. */
    private static String text(String shown, Fields stat) {
        long mode = GoFileMode.parse(stat.text("Mode"));
        long seconds = stat.number("Mtime");
        return shown.replace("<hash>", stat.text("Hash"))
                .replace("<size>", Long.toString(stat.number("Size")))
                .replace("<cumulsize>", Long.toString(stat.number("CumulativeSize")))
                .replace("<childs>", Long.toString(stat.number("Blocks")))
                .replace("<type>", stat.text("Type"))
                .replace("<mode>", mode == 0 ? NOT_SET : GoFileMode.letters(mode))
                .replace("<mode-octal>", mode == 0 ? NOT_SET : "0" + Long.toOctalString(mode & ALL))
                .replace("<mtime>", seconds > 0 ? TIME.format(Instant.ofEpochSecond(seconds)) : NOT_SET)
                .replace("<mtime-secs>", seconds > 0 ? Long.toString(seconds) : NOT_SET)
                .replace("<mtime-nsecs>", seconds > 0 ? Long.toString(stat.number("MtimeNsecs")) : NOT_SET);
    }

    private static String local(Fields stat) {
        long all = stat.number("CumulativeSize");
        long here = stat.number("SizeLocal");
        return "Local: %s of %s (%s%%)"
                .formatted(
                        HumanSize.of(here), HumanSize.of(all), String.format(Locale.ROOT, "%.2f", 100.0 * here / all));
    }
}
