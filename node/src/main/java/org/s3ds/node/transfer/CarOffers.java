package org.s3ds.node.transfer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.car.CarReader;
import org.s3ds.node.blocks.HashPolicy;
import org.s3ds.node.blocks.RefusedHashException;

/** The blocks of a CAR, as they stand in it, with their CIDs; compared with these as they are named. */
final class CarOffers implements Offers {
    private static final int BUFFER = 1 << 20;

    private final Path file;
    private final InputStream in;
    private final CarReader reader;

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
            Optional<Block> block = reader.next();
            while (block.isPresent() && block.get().cid().isIdentity()) {
                block = reader.next(); // its CID is all there is of it
            }
            if (block.isEmpty()) {
                return Optional.empty();
            }
            Block read = block.get();
            HashPolicy.kubo().check(read.cid().hash());
            return Optional.of(new Offer(BlockNames.keyOf(read.cid().hash()), read.size(), () -> read));
        } catch (FormatException e) {
            throw Source.named(file, e);
        } catch (RefusedHashException e) {
            throw new IOException(file + " has a block that no node would take: " + e.getMessage(), e);
        }
    }

    /** None: whatever is no block is an error in a CAR. */
    @Override
    public Found foreign() {
        return Found.NONE;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
