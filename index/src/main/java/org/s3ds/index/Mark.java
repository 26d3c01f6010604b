package org.s3ds.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How many changes a table has had, in a small file of its own: memory of the system, which the end of the process does
 * not take. A table with fewer has lost some.
 */
final class Mark implements AutoCloseable {
    private static final long DAMAGED = Long.MAX_VALUE;
    private static final VarHandle COUNT =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

    private final Arena arena = Arena.ofShared();
    private final MemorySegment file;

    private Mark(Path path) throws IOException {
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() < Long.BYTES) {
                // on a full disk this fails, where the first use of what is mapped would be a fault
                channel.write(ByteBuffer.allocate(Long.BYTES), 0);
            }
            file = channel.map(MapMode.READ_WRITE, 0, Long.BYTES, arena);
        } catch (IOException e) {
            arena.close();
            throw e;
        }
    }

    /** Opens the file, or makes it, with no changes. */
    static Mark open(Path path) throws IOException {
        return new Mark(path);
    }

    private long count() {
        return (long) COUNT.getVolatile(file, 0L);
    }

    /** There were so many by now, if not more. */
    void raise(long count) {
        for (long seen = count(); seen < count; seen = count()) {
            if (COUNT.compareAndSet(file, 0L, seen, count)) {
                return;
            }
        }
    }

    /** The table was seen to be damaged: it must be made anew. */
    void setDamaged() {
        set(DAMAGED);
    }

    /** Whether that was said, and nothing since. */
    boolean isDamaged() {
        return count() == DAMAGED;
    }

    /** Whether a table with so many changes has lost some, as far as can be told: a table without its mark has. */
    boolean isAhead(long changes) {
        long count = count();
        return changes < count || (count == 0 && changes > 0);
    }

    /** There were so many, whatever was said before. */
    void set(long count) {
        COUNT.setVolatile(file, 0L, count);
    }

    @Override
    public void close() {
        arena.close();
    }
}
