package org.s3ds.cli;

import java.io.IOException;
import java.util.OptionalLong;
import org.s3ds.ipld.unixfs.Entity;
import org.s3ds.node.mfs.MfsNode;
import org.s3ds.node.mfs.MfsPath;
import org.s3ds.node.unixfs.FileReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code files read}: the bytes of a file among the files. */
@Command(
        description = {"Writes a file to standard output. Only the blocks that are needed are read."},
        footer = "s3ds files read /notes.txt")
final class FilesReadCommand extends FilesCommand {
    @Option(
            names = {"--offset", "-o"},
            paramLabel = "<bytes>",
            description = "The first byte, counted from 0. Default: 0.")
    private String offset = "";

    @Option(
            names = {"--count", "-n"},
            paramLabel = "<bytes>",
            description = "Bytes at most. Default: all.")
    private String count = "";

    @Parameters(paramLabel = "<path>", description = "The file.")
    private String path = "";

    FilesReadCommand(TerminalSession session) {
        super(session);
    }

    @Override
    public void run() throws IOException {
        MfsPath file = MfsPath.parse(path);
        OptionalLong first = GoNumber.parse(offset);
        OptionalLong most = GoNumber.parse(count);
        MfsNode node = find(file);
        long size = requireFile(file, node);
        long skip = first.orElse(0);
        if (skip < 0) {
            throw new IOException("cannot specify negative offset");
        }
        if (skip > size) {
            throw new IOException("offset was past end of file (%d > %d)".formatted(skip, size));
        }
        if (most.isPresent() && most.getAsLong() < 0) {
            throw new IOException("cannot specify negative 'count'");
        }
        try (FileReader reader = new FileReader(node.blocks(), node.cid(), skip, most.orElse(Long.MAX_VALUE))) {
            reader.copyTo(session.terminal().bytes());
        }
    }

    private MfsNode find(MfsPath file) throws IOException {
        try {
            return files().find(file);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static long requireFile(MfsPath path, MfsNode node) throws IOException {
        return switch (node.stat().entity()) {
            case Entity.File file -> file.size();
            case Entity.Symlink _ -> throw new IOException("symlinks not yet supported");
            case Entity.Directory _ -> throw new IOException(path + " was not a file");
        };
    }
}
