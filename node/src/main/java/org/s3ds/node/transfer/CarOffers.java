package org.s3ds.node.transfer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.car.CarReader;
import org.s3ds.ipld.car.CarReader.Section;
import org.s3ds.node.blocks.CorruptBlockException;

/** The blocks of a CAR, as they stand in it, with their CIDs; compared with these when they are read. */
final class CarOffers implements Offers {
    private static final int BUFFER = 1 << 20;

    private final Path file;
    private final InputStream in;
    private final CarReader reader;
    private Found foreign = Found.NONE;

    CarOffers(Path file) throws IOException {
        this.file = file;
        this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            this.reader = new CarReader(in);
        } catch (FormatException e) {
            in.close();
            throw Source.named(file, e);
        }
    }

    @Override
    public Optional<Offer> next() throws IOException {
        try {
            for (Optional<Section> section = reader.section(); section.isPresent(); section = reader.section()) {
                Section found = section.get();
                Cid cid = found.cid();
                if (BlockNames.isTrusted(cid.hash())) {
                    return Optional.of(new Offer(BlockNames.keyOf(cid.hash()), found.size(), () -> block(found)));
                }
                if (!cid.isIdentity()) { // of which the CID is all there is
                    foreign = foreign.and(cid.toString());
                }
            }
            return Optional.empty();
        } catch (FormatException e) {
            throw Source.named(file, e);
        }
    }

    private Block block(Section section) throws CorruptBlockException {
        try {
            return section.block();
        } catch (FormatException e) {
            throw new CorruptBlockException(file + ": " + e.getMessage(), section.size());
        }
    }

    /** Blocks whose hash no node trusts. */
    @Override
    public Found foreign() {
        return foreign;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
