package org.s3ds.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.zip.GZIPOutputStream;
import org.s3ds.node.unixfs.TarSink;
import org.s3ds.node.unixfs.TreeReader;

/** A tree as {@code get} sends it: a tar archive, or the bytes of the one file, perhaps compressed. */
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
    static void write(TreeReader reader, OutputStream out, boolean tar, int compression) throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, BUFFER);
        if (compression == 0) {
            write(reader, buffered, tar);
        } else {
            Gzip gzip = new Gzip(buffered, compression);
            try {
                write(reader, gzip, tar);
                gzip.finish();
            } finally {
                gzip.release();
            }
        }
        buffered.flush();
    }

    /** What is not whole does not end as if it were. */
    private static void write(TreeReader reader, OutputStream out, boolean tar) throws IOException {
        if (tar) {
            TarSink sink = new TarSink(out, Clock.systemUTC().instant());
            reader.copyTo(sink);
            sink.end();
        } else {
            reader.copyTo(new ContentSink(out));
        }
    }

    /** gzip at a level of choice. */
    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out, int level) throws IOException {
            super(out, BUFFER);
            def.setLevel(level);
        }

        void release() {
            def.end();
        }
    }
}
