package org.s3ds.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How many changes a table has had, in a small file of its own: memory of the system, which the end of the process does
 * not take. A table with fewer has lost some. (A buffer, since what has to be closed costs a start 30 ms of classes.)
 */
final class Mark {
    private static final long DAMAGED = Long.MAX_VALUE;

    private final ByteBuffer file;

    private Mark(ByteBuffer file) {
        this.file = file.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Opens the file, or makes it, with no changes. */
    static Mark open(Path path) throws IOException {
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() < Long.BYTES) {
                // on a full disk this fails, where the first use of what is mapped would be a fault
                channel.write(ByteBuffer.allocate(Long.BYTES), 0);
            }
            return new Mark(channel.map(MapMode.READ_WRITE, 0, Long.BYTES));
        }
    }

    /** There were so many by now, if not more. */
    synchronized void raise(long count) {
        if (file.getLong(0) < count) {
            file.putLong(0, count);
        }
    }

    /** There were so many, whatever was said before. */
    synchronized void set(long count) {
        file.putLong(0, count);
    }

    /** The table was seen to be damaged: it must be made anew. */
    void setDamaged() {
        set(DAMAGED);
    }

    /** Whether that was said, and nothing since. */
    synchronized boolean isDamaged() {
        return file.getLong(0) == DAMAGED;
    }

    /** Whether a table with so many changes has lost some, as far as can be told: a table without its mark has. */
    synchronized boolean isAhead(long changes) {
        long count = file.getLong(0);
        return changes < count || (count == 0 && changes > 0);
    }
}
