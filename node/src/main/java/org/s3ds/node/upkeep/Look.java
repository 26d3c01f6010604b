package org.s3ds.node.upkeep;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.s3ds.datastore.Checksums;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multicodec;
import org.s3ds.node.blocks.BlockKeys;
import org.s3ds.node.blocks.BlockLimit;
import org.s3ds.node.blocks.BlockQuestion;
import org.s3ds.node.blocks.BlockQueue;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.ListedBlock;
import org.s3ds.node.upkeep.Tally.Item;

/**
 * How a {@link Verification} looks at blocks, and at which. Either each is read. Or the checksum that the store keeps
 * of it is compared, and it is read when that is another one: so a block is never called corrupt on the word of a
 * server alone. Where nobody knows whether the store keeps any, it goes on behind the first few only if it keeps that
 * of one of them.
 */
final class Look implements BlockQuestion<Outcome> {
    /** How many blocks a store is asked about of which nobody knows whether it keeps checksums. */
    static final int TRIED = 32;

    private final Blockstore blocks;
    private final VerifyOptions options;
    private final Tally tally;
    private final boolean goesOn;

    /** Sizes of those that are not read. */
    private final Map<Cid, Long> tooLarge = new ConcurrentHashMap<>();

    private long named;

    /**
     * Begins, or goes on.
     *
     * @param tally what was counted, and will be
     */
    Look(Blockstore blocks, VerifyOptions options, Tally tally) throws IOException {
        this.blocks = blocks;
        this.options = options;
        this.tally = tally;
        this.goesOn = !options.checksums() || blocks.checksums() == Checksums.EACH;
        this.named = tally.get(Item.BLOCKS);
    }

    @Override
    public Outcome ask(Cid cid) throws IOException {
        if (!options.checksums()) {
            return read(cid);
        }
        return switch (blocks.checksum(cid)) {
            case RIGHT -> new Outcome.Proved();
            case NONE -> new Outcome.Unproved();
            case WRONG -> read(cid);
        };
    }

    private Outcome read(Cid cid) throws IOException {
        return new Outcome.Good(blocks.get(cid, tooLarge.getOrDefault(cid, 0L)).size());
    }

    /** The next block that is looked at, with its size; empty at the end, and when it should not go on, or not yet. */
    Optional<BlockQueue.Named<Long>> next(BlockKeys keys) throws IOException {
        if (!goesOn && named >= TRIED && !keepsAny()) {
            return Optional.empty();
        }
        Optional<ListedBlock> listed = keys.next();
        while (listed.isPresent() && !options.isAbout(listed.get().hash())) {
            listed = keys.next();
        }
        named++;
        return listed.map(this::named);
    }

    private BlockQueue.Named<Long> named(ListedBlock block) {
        Cid cid = Cid.v1(Multicodec.RAW, block.hash());
        long size = block.size().orElse(0);
        if (size > BlockLimit.READ) {
            tooLarge.put(cid, size);
        }
        return new BlockQueue.Named<>(cid, size);
    }

    /** Whether the store has been seen to keep a checksum. */
    private boolean keepsAny() {
        return tally.get(Item.BLOCKS) > tally.get(Item.UNPROVED) + tally.get(Item.UNREADABLE);
    }
}
