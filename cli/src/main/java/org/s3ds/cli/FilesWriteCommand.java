package org.s3ds.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.mfs.MfsPath;
import org.s3ds.node.mfs.WriteOptions;
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.rpc.Reply;
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
final class FilesWriteCommand extends FilesCommand implements Operation.OfFiles {
    @Mixin
    private FilesFormat format = new FilesFormat();

    @Option(
            names = {"--offset", "-o"},
            paramLabel = "<bytes>",
            description = "Where the first byte goes, counted from 0. Default: 0.")
    private long offset;

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
    @Nullable
    private Long count;

    @Option(
            names = "--raw-leaves",
            description = "New chunks are blocks as they are. Default: Import.UnixFSRawLeaves, else with CIDv1.")
    @Nullable
    private Boolean rawLeaves;

    @Parameters(paramLabel = "<path>", index = "0", description = "The file that is written to.")
    private String path = "";

    @FromFiles
    @Parameters(
            paramLabel = "<data>",
            index = "1",
            arity = "0..1",
            description = "What is written: a file, or - or nothing for standard input.")
    private List<String> data = List.of();

    FilesWriteCommand(Session session) {
        super(session);
    }

    @Override
    public InputNode.Children files(TerminalSession local) throws IOException {
        return new InputFiles(local, data, "data");
    }

    @Override
    public void perform(InputNode.Children inputs, Reply reply) throws IOException {
        MfsPath target = MfsPath.parse(path);
        WriteOptions options = new WriteOptions(
                offset,
                count == null ? OptionalLong.empty() : OptionalLong.of(count),
                create,
                parents,
                truncate,
                Optional.ofNullable(rawLeaves),
                format.chosen());
        try (InputStream content = new InputContents(inputs).only()) {
            files().write(target, options, content);
        }
    }
}
