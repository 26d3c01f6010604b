package org.s3ds.ipld.car;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.HashFunction;

/**
 * Reads a CAR of version 1 or 2 from front to back, one block at a time, each compared with its CID. Nothing is
 * believed that the stream says of itself: what it announces is read as it comes, and has a bound. The index of a
 * version 2 is not looked at. For one thread; whoever opened the stream closes it.
 */
public final class CarReader {
    /** The most bytes of a CID and its block together: what Kubo reads. */
    public static final int LARGEST_SECTION = 8 << 20;

    /** The most bytes of a header, some 50,000 roots. */
    public static final int LARGEST_HEADER = 2 << 20;

    private final CarInput in;
    private final int version;
    private final List<Cid> roots;

    /**
     * Reads the header.
     *
     * @param source should be buffered
     * @throws FormatException when it is no CAR, or its header says what is not so
     */
    public CarReader(InputStream source) throws IOException {
        CarInput whole = new CarInput(source);
        CarHeader header = CarHeader.read(whole);
        this.version = header.version();
        if (version == 1) {
            this.in = whole;
            this.roots = header.roots();
            return;
        }
        this.in = CarHeader.payload(whole);
        CarHeader inner = CarHeader.read(in);
        if (inner.version() != 1) {
            throw new FormatException(
                    "invalid data payload header version; expected 1, got %d".formatted(inner.version()));
        }
        this.roots = inner.roots();
    }

    /** 1 or 2. */
    public int version() {
        return version;
    }

    /** What the header says is the top of the DAGs in it; none of them need be in it. */
    public List<Cid> roots() {
        return roots;
    }

    /**
     * The next block; it may be one of an identity CID, which needs no storing.
     *
     * @return empty at the end
     * @throws FormatException when what follows is no block, or is not the block of its CID; nothing behind it can be
     *     read
     */
    public Optional<Block> next() throws IOException {
        Optional<Section> section = section();
        return section.isPresent() ? Optional.of(section.get().block()) : Optional.empty();
    }

    /**
     * The next section, whose bytes are not compared with its CID yet.
     *
     * @return empty at the end
     * @throws FormatException when what follows is no section; nothing behind it can be read
     */
    public Optional<Section> section() throws IOException {
        long start = in.offset();
        Optional<byte[]> section = in.section("a section", LARGEST_SECTION);
        if (section.isEmpty()) {
            return Optional.empty();
        }
        Cid cid = cid(section.get(), start);
        byte[] data = Arrays.copyOfRange(section.get(), cid.byteLength(), section.get().length);
        return Optional.of(new Section(cid, data, start));
    }

    /** What should be a block, as it stands in a CAR. */
    public static final class Section {
        private final Cid cid;
        private final byte[] data;
        private final long start;

        private Section(Cid cid, byte[] data, long start) {
            this.cid = cid;
            this.data = data;
            this.start = start;
        }

        /** What its block is called. */
        public Cid cid() {
            return cid;
        }

        /** How many bytes its block has. */
        public int size() {
            return data.length;
        }

        /**
         * The block, for which the bytes are hashed each time.
         *
         * @throws FormatException when they are not those of the CID
         */
        public Block block() throws FormatException {
            if (!cid.matches(data)) {
                throw new FormatException(
                        "mismatch in content integrity, expected: %s, got: %s, in the section at byte %d"
                                .formatted(cid, actual(cid, data), start));
            }
            return Block.of(cid, data);
        }
    }

    private static Cid cid(byte[] section, long start) throws FormatException {
        try {
            return Cid.decodePrefix(section);
        } catch (FormatException e) {
            throw new FormatException(
                    "the section at byte %d begins with no CID: %s".formatted(start, e.getMessage()), e);
        }
    }

    private static String actual(Cid cid, byte[] data) {
        return HashFunction.byCode(cid.hash().code())
                .map(hash -> hash.hash(data, cid.isIdentity() ? -1 : cid.hash().digestLength()))
                .map(hash -> (cid.version() == 0 ? Cid.v0(hash) : Cid.v1(cid.codec(), hash)).toString())
                .orElse("something else");
    }
}
