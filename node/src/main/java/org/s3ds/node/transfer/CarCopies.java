package org.s3ds.node.transfer;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.Multihash;
import org.s3ds.ipld.car.CarReader;

/**
 * The blocks of a CAR, each to be had by itself: where they are is found by one reading of all of it, and kept in
 * memory (some 200 bytes for each). What is given is not compared with its hash once more. Any thread may ask.
 */
public final class CarCopies implements BlockSource, AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final FileChannel file;
    private final Map<Multihash, Section> sections;

    /** Where the bytes of a block are. */
    private record Section(long begin, int size) {}

    private CarCopies(FileChannel file, Map<Multihash, Section> sections) {
        this.file = file;
        this.sections = sections;
    }

    /**
     * Reads a CAR to the end. Blocks of it that are not what their hashes say count as not there.
     *
     * @throws FormatException when it is none, or is cut short
     */
    public static CarCopies open(Path car) throws IOException {
        Map<Multihash, Section> sections = new HashMap<>();
        try (Counted in = new Counted(new BufferedInputStream(Files.newInputStream(car), BUFFER))) {
            CarReader reader = new CarReader(in);
            for (Optional<CarReader.Section> next = reader.section(); next.isPresent(); next = reader.section()) {
                int size = next.get().size();
                if (isWhole(next.get())) {
                    sections.put(next.get().cid().hash(), new Section(in.count - size, size));
                }
            }
        } catch (FormatException e) {
            throw Source.named(car, e);
        }
        return new CarCopies(FileChannel.open(car), sections);
    }

    private static boolean isWhole(CarReader.Section section) {
        try {
            Block ignored = section.block();
            return true;
        } catch (FormatException _) {
            return false;
        }
    }

    @Override
    public Block get(Cid cid) throws IOException {
        Section section = sections.get(cid.hash());
        if (section == null) {
            throw new MissingBlockException(cid);
        }
        ByteBuffer bytes = ByteBuffer.allocate(section.size);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, section.begin + bytes.position()) < 0) {
                throw new IOException("the CAR is shorter than it was when it was opened");
            }
        }
        return Block.of(cid, bytes.array());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Knows how many bytes were read. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count += next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long length) throws IOException {
            long skipped = super.skip(length);
            count += skipped;
            return skipped;
        }
    }
}
