package org.s3ds.node.upkeep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.s3ds.datastore.Checksums;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.ipld.Cid;
import org.s3ds.node.blocks.BlockKeys;
import org.s3ds.node.blocks.BlockQuery;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.ListedBlock;
import org.s3ds.node.gc.Marks;
import org.s3ds.node.gc.RepoRoots;
import org.s3ds.node.pins.FilesRoot;
import org.s3ds.node.pins.KeptBlocks;
import org.s3ds.node.pins.Pins;
import org.s3ds.node.repo.Repo;

/**
 * Whether a repo's blocks are what they should be, and all there that its roots need, while whoever else wants
 * something of the store goes first.
 *
 * <ol>
 *   <li>Blocks are read and hashed: all, a sample, or none, and then the checksums are compared that the store keeps of
 *       them. That is a {@link Verification}, which goes on where a run before was cut short; {@code repo verify} does
 *       the same one.
 *   <li>Where none is read and there is an index, it is compared with a listing.
 *   <li>Pins and the root of the files are taken down, the blocks are listed anew, and what the roots need is looked
 *       for among the listed. Blocks with links are read for that, others not.
 * </ol>
 *
 * <p>Garbage that is collected meanwhile in this process may be taken for missing when its pin was removed meanwhile.
 */
public final class Inspection {
    /** Names of blocks may take this part of Java's memory twice, then they go to files. */
    private static final int SHARE_OF_MEMORY = 16;

    private final Repo repo;
    private final Blockstore blocks;
    private final Pins pins;
    private final InstantSource now;
    private final Listener listener;

    /** Is told what happens. */
    public interface Listener extends Verification.Listener, StoreIndex.Progress {
        /** A block is another one than the index knows, or is in one of the two alone. */
        void differs(DifferingBlock block) throws IOException;

        /** A block that something needs is missing, or was. */
        void missing(MissingBlock missing) throws IOException;

        /**
         * A block is there, but could not be read for what it needs.
         *
         * @param keeper what needs it, for people
         */
        void broken(String keeper, Cid cid, IOException failure) throws IOException;

        /** So many blocks are needed, as far as that is known by now. */
        void needed(long blocks) throws IOException;
    }

    /** Of a repo. */
    public Inspection(Repo repo, Blockstore blocks, Pins pins, InstantSource now, Listener listener) {
        this.repo = repo;
        this.blocks = blocks.inBackground();
        this.pins = pins;
        this.now = now;
        this.listener = listener;
    }

    /**
     * Looks.
     *
     * @throws IOException when it could not come to its end; the next run goes on with the reading where this one was
     */
    public InspectionReport run(InspectionOptions options) throws IOException {
        Copies copies = new Copies(options.copies());
        Tally looked = look(options, copies);
        Differences differences = new Differences(blocks, copies, listener);
        Optional<StoreIndex> index = options.sample().isPresent() ? Optional.empty() : blocks.index();
        if (index.isPresent()) {
            index.get().verify(listener, differences);
        }
        Path scratch = Files.createTempDirectory("s3ds-verify");
        try (Marks present = marks(scratch, "present");
                Marks met = marks(scratch, "met")) {
            RepoRoots roots = new RepoRoots(repo.datastore(), pins, false, false);
            Listed listed = list(present);
            NeededBlocks.Found found = new NeededBlocks(blocks, present, met, copies, listener).look(roots);
            return report(options, looked, listed, differences, found);
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    private Tally look(InspectionOptions options, Copies copies) throws IOException {
        boolean checksums = options.sample().isEmpty();
        if (checksums && blocks.checksums() == Checksums.NONE) {
            return new Tally();
        }
        VerifyOptions how = new VerifyOptions(
                false, !copies.isEmpty(), checksums, options.sample().orElse(Sample.ALL), options.source());
        KeptBlocks kept = new KeptBlocks(blocks, pins, new FilesRoot(repo.datastore()));
        Optional<Copies> given = copies.isEmpty() ? Optional.empty() : Optional.of(copies);
        return new Verification(repo, blocks, given, kept, now, listener)
                .run(how, options.restart())
                .tally();
    }

    private static Marks marks(Path scratch, String name) throws IOException {
        return new Marks(scratch.resolve(name), Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY);
    }

    /** What a listing showed, beside the names of the blocks. */
    private record Listed(Totals totals, BlockKeys keys) {}

    private Listed list(Marks present) throws IOException {
        try (BlockKeys keys = blocks.unaided().multihashes(BlockQuery.ALL.withSizes())) {
            Totals totals = new Totals(0, 0);
            for (Optional<ListedBlock> block = keys.next(); block.isPresent(); block = keys.next()) {
                present.keep(block.get().hash());
                totals = totals.plus(1, block.get().size().orElse(0));
                listener.listed(totals);
            }
            present.seal();
            return new Listed(totals, keys);
        }
    }

    private static InspectionReport report(
            InspectionOptions options, Tally looked, Listed listed, Differences differences, NeededBlocks.Found found) {
        return new InspectionReport(
                options.sample(),
                looked,
                listed.totals,
                listed.keys.skipped(),
                listed.keys.skippedNames(),
                differences.count(),
                differences.repaired(),
                found.needed(),
                found.missing(),
                found.restored(),
                found.mended(),
                found.broken());
    }
}
