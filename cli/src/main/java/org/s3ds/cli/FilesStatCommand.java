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
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.ipld.unixfs.Mtime;
import org.s3ds.node.mfs.FileStat;
import org.s3ds.node.mfs.LocalPart;
import org.s3ds.node.mfs.MfsNode;
import org.s3ds.node.mfs.MfsPath;
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
final class FilesStatCommand extends FilesCommand {
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

    FilesStatCommand(TerminalSession session) {
        super(session);
    }

    @Override
    public void run() throws IOException {
        String shown = shown();
        MfsNode node = node();
        FileStat stat = node.stat();
        Optional<LocalPart> local =
                withLocal ? Optional.of(LocalPart.of(session.node().blocks(), node.root())) : Optional.empty();
        session.print(
                text(shown, stat) + local.map(part -> "\n" + text(stat, part)).orElse(""), fields(stat, local));
    }

    private String shown() throws IOException {
        int chosen = (hash ? 1 : 0) + (size ? 1 : 0) + (format.equals(STANDARD) ? 0 : 1);
        if (chosen > 1) {
            throw new IOException(
                    "invalid parameters: format was set by multiple options." + " Only one format option is allowed");
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

    private String text(String shown, FileStat stat) throws IOException {
        Metadata metadata = stat.entity().metadata();
        Optional<Mtime> time = shownTime(metadata);
        int mode = mode(stat);
        String letters = mode == 0 ? NOT_SET : GoFileMode.letters(stat.entity(), mode);
        return shown.replace("<hash>", session.text(stat.cid()))
                .replace("<size>", Long.toString(stat.size()))
                .replace("<cumulsize>", Long.toString(stat.cumulativeSize()))
                .replace("<childs>", Integer.toString(stat.links()))
                .replace("<type>", type(stat))
                .replace("<mode>", letters)
                .replace("<mode-octal>", mode == 0 ? NOT_SET : "0" + Integer.toOctalString(mode & ALL))
                .replace("<mtime>", time.map(FilesStatCommand::text).orElse(NOT_SET))
                .replace(
                        "<mtime-secs>",
                        time.map(one -> Long.toString(one.seconds())).orElse(NOT_SET))
                .replace(
                        "<mtime-nsecs>",
                        time.map(one -> Integer.toString(one.nanos())).orElse(NOT_SET));
    }

    private static String type(FileStat stat) {
        return stat.isDirectory() ? "directory" : "file";
    }

    /** Kubo shows a symlink without permissions as if it had all; 0 is none. */
    private static int mode(FileStat stat) {
        int otherwise = stat.entity() instanceof Entity.Symlink ? ALL : 0;
        return stat.entity().metadata().mode().orElse(otherwise) & BITS;
    }

    /** Kubo shows no time before 1970, or in its first second. */
    private static Optional<Mtime> shownTime(Metadata metadata) {
        return metadata.mtime().filter(time -> time.seconds() > 0);
    }

    private static String text(Mtime time) {
        return TIME.format(Instant.ofEpochSecond(time.seconds()));
    }

    private static String text(FileStat stat, LocalPart local) {
        return "Local: %s of %s (%s%%)"
                .formatted(
                        HumanSize.of(local.bytes()),
                        HumanSize.of(stat.cumulativeSize()),
                        String.format(Locale.ROOT, "%.2f", 100.0 * local.bytes() / stat.cumulativeSize()));
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
}
