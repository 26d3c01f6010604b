package org.s3ds.cli;

import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.unixfs.Entity;
import org.s3ds.node.mfs.MfsNode;
import org.s3ds.node.mfs.MfsPath;
import org.s3ds.node.unixfs.FileReader;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code files read}: the bytes of a file among the files. */
@Command(
        description = {"Writes a file to standard output. Only the blocks that are needed are read."},
        footer = "s3ds files read /notes.txt")
final class FilesReadCommand extends FilesCommand implements Operation.OfNode {
    @Option(
            names = {"--offset", "-o"},
            paramLabel = "<bytes>",
            description = "The first byte, counted from 0. Default: 0.")
    private long offset;

    @Option(
            names = {"--count", "-n"},
            paramLabel = "<bytes>",
            description = "Bytes at most. Default: all.")
    @Nullable
    private Long count;

    @Parameters(paramLabel = "<path>", description = "The file.")
    private String path = "";

    FilesReadCommand(Session session) {
        super(session);
    }

    @Override
    public void perform(Reply reply) throws IOException {
        MfsPath file = MfsPath.parse(path);
        MfsNode node = find(file);
        long size = requireFile(file, node);
        if (offset < 0) {
            throw new IOException("cannot specify negative offset");
        }
        if (offset > size) {
            throw new IOException("offset was past end of file (%d > %d)".formatted(offset, size));
        }
        long most = count == null ? Long.MAX_VALUE : count;
        if (most < 0) {
            throw new IOException("cannot specify negative 'count'");
        }
        try (FileReader reader = new FileReader(node.blocks(), node.cid(), offset, most)) {
            reader.copyTo(reply.bytes("text/plain", OptionalLong.empty()));
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
