package org.s3ds.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.zip.GZIPOutputStream;
import org.s3ds.node.unixfs.TarSink;
import org.s3ds.node.unixfs.TreeReader;
import org.s3ds.node.unixfs.WholeFile;

/** The file that {@code get --archive} or {@code get --compress} writes. It appears once it is whole. */
final class GetArchive {
    /** gzip's own default. */
    static final int USUAL_COMPRESSION = 6;

    private static final int BUFFER = 1 << 16;

    private GetArchive() {}

    /**
     * Writes it.
     *
     * @param tar a tar archive rather than the bytes of the one file
     * @param compression 1 to 9; 0 for none
     */
    static void write(TreeReader reader, Path file, boolean tar, int compression, ProgressLine line)
            throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            write(reader, Files.newOutputStream(file), tar, compression, line);
            return;
        }
        WholeFile.write(file, out -> write(reader, out, tar, compression, line), whole -> {});
    }

    private static void write(TreeReader reader, OutputStream file, boolean tar, int compression, ProgressLine line)
            throws IOException {
        try (OutputStream buffered = new BufferedOutputStream(file, BUFFER);
                OutputStream out = compression == 0 ? buffered : new Gzip(buffered, compression)) {
            if (tar) {
                try (TarSink sink = new TarSink(out, Clock.systemUTC().instant())) {
                    reader.copyTo(new CountedSink(sink, line));
                }
            } else {
                reader.copyTo(new CountedSink(new ContentSink(out), line));
            }
        }
    }

    /** gzip at a level of choice. */
    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out, int level) throws IOException {
            super(out, BUFFER);
            def.setLevel(level);
        }
    }
}
