package org.s3ds.index;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Records of the same length, in order, in a file that is mapped: the least that an index can be. Cannot be changed.
 */
final class SortedFile {
    /** Bytes of a key and of a value. */
    static final int RECORD = 44;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Path path;
    private final BenchKeys keys;
    private @Nullable MemorySegment records;

    SortedFile(Path path, BenchKeys keys) {
        this.path = path;
        this.keys = keys;
    }

    void write() throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
            ByteBuffer record = ByteBuffer.allocate(RECORD);
            for (int i = 0; i < keys.count(); i++) {
                record.clear().put(keys.bytes(i)).putInt(0).put(keys.value(i));
                out.write(record.array());
            }
        }
    }

    void open() throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            records = channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.global());
        }
    }

    /** Where a key is: guesses from its first bits, and again between the records that were seen. */
    OptionalLong find(byte[] key) {
        long wanted = ByteBuffer.wrap(key).getLong();
        long low = 0;
        long high = keys.count() - 1L;
        long lowest = 0;
        long highest = -1;
        while (low <= high) {
            double part = unsigned(wanted - lowest) / unsigned(highest - lowest);
            long at = Math.clamp(low + Math.round(part * (high - low)), low, high);
            long seen = file().get(LONG, at * RECORD);
            if (seen == wanted) {
                return holds(at, key) ? OptionalLong.of(at) : OptionalLong.empty();
            }
            if (Long.compareUnsigned(seen, wanted) < 0) {
                low = at + 1;
                lowest = seen;
            } else {
                high = at - 1;
                highest = seen;
            }
        }
        return OptionalLong.empty();
    }

    private boolean holds(long at, byte[] key) {
        MemorySegment wanted = MemorySegment.ofArray(key);
        return MemorySegment.mismatch(file(), at * RECORD, at * RECORD + key.length, wanted, 0, key.length) < 0;
    }

    private static double unsigned(long number) {
        return (number >>> 1) * 2.0;
    }

    private MemorySegment file() {
        if (records == null) {
            throw new IllegalStateException("not open");
        }
        return records;
    }
}
