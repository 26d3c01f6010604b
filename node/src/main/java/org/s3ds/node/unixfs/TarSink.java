package org.s3ds.node.unixfs;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.ipld.unixfs.Mtime;

/** Writes a file tree as a tar archive. */
public final class TarSink implements TreeSink {
    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;
    private static final int SYMLINK_MODE = 0777;

    private final TarWriter tar;
    private final Mtime now;

    /**
     * An archive.
     *
     * @param now the time of change of entries that have none stored
     */
    public TarSink(OutputStream out, Instant now) {
        this.tar = new TarWriter(out);
        this.now = new Mtime(now.getEpochSecond(), 0);
    }

    @Override
    public void directory(List<String> path, Metadata metadata) throws IOException {
        tar.header(entry(path, TarWriter.Type.DIRECTORY, metadata, DIRECTORY_MODE, 0, ""));
    }

    @Override
    public void endDirectory(List<String> path, Metadata metadata) {}

    @Override
    public void file(List<String> path, Metadata metadata, Content content) throws IOException {
        tar.header(entry(path, TarWriter.Type.FILE, metadata, FILE_MODE, content.size(), ""));
        content.copyTo(tar.content());
        tar.endContent(content.size());
    }

    @Override
    public void symlink(List<String> path, Metadata metadata, String target) throws IOException {
        tar.header(entry(path, TarWriter.Type.SYMLINK, metadata, SYMLINK_MODE, 0, target));
    }

    private TarWriter.Entry entry(
            List<String> path, TarWriter.Type type, Metadata metadata, int mode, long size, String target)
            throws IOException {
        EntryNames.check(path);
        return new TarWriter.Entry(
                String.join("/", path),
                type,
                metadata.mode().orElse(mode) & 07777,
                metadata.mtime().orElse(now),
                size,
                target);
    }

    /** Writes the end of the archive, when everything is in it: without it, it is known to be cut. */
    public void end() throws IOException {
        tar.finish();
    }
}
