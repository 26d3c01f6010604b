package org.s3ds.node.dag;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.car.CarReader;
import org.s3ds.node.blocks.BlockLimit;
import org.s3ds.node.blocks.BlockWriter;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.HashPolicy;
import org.s3ds.node.blocks.Scope;
import org.s3ds.node.blocks.Window;
import org.s3ds.node.pins.Pinner;
import org.s3ds.node.pins.Pins;

/**
 * Stores the blocks of CARs, and pins their roots.
 *
 * <ul>
 *   <li>A CAR is read once, front to back, and need not fit in memory. Each block is compared with its CID, and its
 *       links must be readable.
 *   <li>Where a CAR is cut or wrong, what came whole before that place is stored, and nothing is pinned.
 *   <li>Roots are pinned after all CARs were read and every block is durable, each only if all below it is there.
 *       Garbage collection leaves alone what was stored until then.
 *   <li>Blocks of identity CIDs are checked, and not stored.
 * </ul>
 */
public final class DagImport {
    private static final int BUFFER = 256 << 10;

    private final Blockstore blocks;
    private final Pins pins;
    private final boolean allowBigBlocks;
    private final Set<Cid> roots = new LinkedHashSet<>();

    /** Where in the CAR it is, for the sentence about a failure. */
    private String at = "";

    private long count;
    private long bytes;

    /**
     * An import to a node.
     *
     * @param allowBigBlocks whether blocks are taken that are larger than other nodes fetch
     */
    public DagImport(Blockstore blocks, Pins pins, boolean allowBigBlocks) {
        this.blocks = blocks;
        this.pins = pins;
        this.allowBigBlocks = allowBigBlocks;
    }

    /** CARs, each opened when it is its turn. */
    @FunctionalInterface
    public interface Cars {
        /** The bytes of the next one, closed by whoever asked before the one after it; empty at the end. */
        Optional<InputStream> next() throws IOException;
    }

    /** Is told of each root. */
    @FunctionalInterface
    public interface RootSink {
        /** A root was pinned, or why it was not. */
        void root(Cid root, Optional<IOException> failure) throws IOException;
    }

    /**
     * What the CARs had.
     *
     * @param blocks how many, one that comes twice counted twice
     * @param bytes of those, without their CIDs
     */
    public record Imported(long blocks, long bytes) {}

    /**
     * Takes in CARs, one after the other.
     *
     * @param pinned is told of each root; empty when none is to be pinned
     * @throws IOException when one cannot be read, or is none; the sentence says which block was the last, and how many
     *     are stored
     */
    public Imported run(Cars cars, Optional<RootSink> pinned) throws IOException {
        try (Scope scope = blocks.protect();
                BlockWriter writer = new BlockWriter(scope.blocks(), Window.DEFAULT)) {
            boolean more = true;
            while (more) {
                more = takeNext(cars, writer);
            }
            writer.flush();
            blocks.sync();
            if (pinned.isPresent()) {
                pin(scope.blocks(), writer, pinned.get());
            }
            return new Imported(count, bytes);
        }
    }

    private boolean takeNext(Cars cars, BlockWriter writer) throws IOException {
        try {
            Optional<InputStream> car = cars.next();
            if (car.isPresent()) {
                take(car.get(), writer);
            }
            return car.isPresent();
        } catch (IOException e) {
            throw stopped(e, writer);
        }
    }

    private void take(InputStream bytesOfCar, BlockWriter writer) throws IOException {
        try (InputStream in = new BufferedInputStream(bytesOfCar, BUFFER)) {
            CarReader car = new CarReader(in);
            roots.addAll(car.roots());
            for (Optional<Block> block = car.next(); block.isPresent(); block = car.next()) {
                check(block.get());
                writer.put(block.get());
                count++;
                bytes += block.get().size();
                at = " after block \"%s\"".formatted(block.get().cid());
            }
        }
    }

    private void check(Block block) throws IOException {
        try {
            if (!allowBigBlocks) {
                BlockLimit.check(block.size());
            }
            HashPolicy.kubo().check(block.cid().hash());
            BlockLinks.of(block);
        } catch (IOException e) {
            at = " at block \"%s\"".formatted(block.cid());
            throw e;
        }
    }

    /** Keeps what came before a failure, and says so. */
    private IOException stopped(IOException failure, BlockWriter writer) {
        String kept;
        try {
            writer.flush();
            blocks.sync();
            kept = count == 0 ? "no block was stored" : "the blocks before it, %d, are stored".formatted(count);
        } catch (IOException e) {
            failure.addSuppressed(e);
            kept = "how many blocks are stored is not known";
        }
        return new IOException(
                "import failed%s: %s (%s; nothing was pinned)".formatted(at, failure.getMessage(), kept), failure);
    }

    private void pin(Blockstore scoped, BlockWriter writer, RootSink pinned) throws IOException {
        Pinner pinner = new Pinner(scoped, pins);
        for (Cid root : roots) {
            Optional<IOException> failure = Optional.empty();
            try {
                pinner.pinStored(root, writer::hasTaken);
            } catch (IOException e) {
                failure = Optional.of(e);
            }
            pinned.root(root, failure);
        }
    }
}
