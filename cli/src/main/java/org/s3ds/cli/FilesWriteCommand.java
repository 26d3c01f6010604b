package org.s3ds.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.mfs.MfsPath;
import org.s3ds.node.mfs.WriteOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code files write}: writes bytes to a file among the files. */
@Command(
        description = {
            "Writes a file or standard input to a file among the files, from its beginning or another byte",
            "on. Bytes behind what is written stay as they are; only blocks that change are stored.",
            "To store a new file as add does, there is add --to-files."
        },
        footer = "s3ds files write --create /notes.txt notes.txt")
final class FilesWriteCommand extends FilesCommand {
    @Mixin
    private FilesFormat format = new FilesFormat();

    @Option(
            names = {"--offset", "-o"},
            paramLabel = "<bytes>",
            description = "Where the first byte goes, counted from 0. Default: 0.")
    private String offset = "";

    @Option(
            names = {"--create", "-e"},
            description = "Make the file when it is not there.")
    private boolean create;

    @Option(
            names = {"--parents", "-p"},
            description = "Make the directories above it too.")
    private boolean parents;

    @Option(
            names = {"--truncate", "-t"},
            description = "Make the file empty first.")
    private boolean truncate;

    @Option(
            names = {"--count", "-n"},
            paramLabel = "<bytes>",
            description = "Bytes at most. Default: all.")
    private String count = "";

    @Option(
            names = "--raw-leaves",
            description = "New chunks are blocks as they are. Default: Import.UnixFSRawLeaves, else with CIDv1.")
    @Nullable
    private Boolean rawLeaves;

    @Parameters(paramLabel = "<path>", index = "0", description = "The file that is written to.")
    private String path = "";

    @Parameters(
            paramLabel = "<data>",
            index = "1",
            arity = "0..1",
            description = "What is written: a file, or - or nothing for standard input.")
    private List<String> data = List.of();

    FilesWriteCommand(TerminalSession session) {
        super(session);
    }

    @Override
    public void run() throws IOException {
        MfsPath target = MfsPath.parse(path);
        WriteOptions options = new WriteOptions(
                GoNumber.parse(offset).orElse(0),
                GoNumber.parse(count),
                create,
                parents,
                truncate,
                Optional.ofNullable(rawLeaves),
                format.chosen());
        InputFiles inputs = new InputFiles(session, data, "data");
        try (InputStream content = inputs.open(inputs.names().getFirst())) {
            files().write(target, options, content);
        }
    }
}
