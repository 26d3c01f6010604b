package org.s3ds.node.pins;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.Cid;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.CidSet;
import org.s3ds.node.blocks.DagWalk;
import org.s3ds.node.blocks.Scope;

/**
 * Pins what is there: a pin is written only once every block that it keeps was found and is durable, and what was found
 * is protected from garbage collection until then. Of what an update does not look at, the old pin is the keeper, which
 * must still be there when the new one is written.
 */
public final class Pinner {
    private final Blockstore blocks;
    private final Pins pins;

    /** Pins of a node's blocks. */
    public Pinner(Blockstore blocks, Pins pins) {
        this.blocks = blocks;
        this.pins = pins;
    }

    /** Is told how far a walk is, after each block. */
    @FunctionalInterface
    public interface Progress {
        /** So many blocks, and so many bytes, were found so far. */
        void found(long blocks, long bytes) throws IOException;
    }

    /**
     * Pins a CID and all that is below it.
     *
     * @param name empty for none
     * @throws PinException when the name is too long
     * @throws IOException when a block is missing or cannot be read: the message has the path that leads to it
     */
    public void pinRecursive(Cid cid, String name, Progress progress) throws IOException {
        PinRecord.checkName(name);
        pin(cid, name, new CidSet(), progress);
    }

    private void pin(Cid cid, String name, DagWalk.Seen seen, Progress progress) throws IOException {
        try (Scope scope = blocks.protect()) {
            try (DagWalk walk = new DagWalk(scope.blocks(), cid, DagWalk.Leaves.PROVEN, seen)) {
                proveAll(walk, progress);
            }
            blocks.sync();
            pins.addRecursive(cid, name);
        }
    }

    /**
     * Pins, without a name, the root of what was just stored, and all that is below it. Of blocks without links, only
     * those that were not stored just now are asked for.
     *
     * @param stored whether a block was stored in the scope whose blocks these are
     * @throws IOException when a block is missing or cannot be read
     */
    public void pinStored(Cid root, Predicate<Cid> stored) throws IOException {
        CidSet met = new CidSet();
        pin(
                root,
                "",
                cid -> met.add(cid) && !(BlockLinks.hasNone(cid.codec()) && stored.test(cid)),
                (count, bytes) -> {});
    }

    /**
     * Pins, without a name, a block that was just stored, and all that is below it. Only one that may have links is
     * read.
     *
     * @throws IOException when a block below it is missing or cannot be read
     */
    public void pinStored(Cid cid) throws IOException {
        if (BlockLinks.hasNone(cid.codec())) {
            pins.addRecursive(cid, "");
        } else {
            pinRecursive(cid, "", (count, bytes) -> {});
        }
    }

    /**
     * Pins a block alone.
     *
     * @param name empty for none
     * @throws PinException when the CID is pinned recursively, or the name is too long
     */
    public void pinDirect(Cid cid, String name) throws IOException {
        PinRecord.checkName(name);
        try (Scope scope = blocks.protect()) {
            scope.blocks().require(cid);
            blocks.sync();
            pins.addDirect(cid, name);
        }
    }

    /**
     * Pins another CID under the name that one has. Of what is below it, only what the first one has not is looked at.
     *
     * @param unpin whether the pin of {@code from} goes
     * @throws PinException when {@code from} has no recursive pin, or {@code to} has one
     * @throws IOException when a block is missing or cannot be read
     */
    public void update(Cid from, Cid to, boolean unpin) throws IOException {
        if (!pins.checkUpdate(from, to)) {
            return;
        }
        try (Scope scope = blocks.protect()) {
            try (DagWalk walk = DagWalk.ofChange(scope.blocks(), to, from)) {
                proveAll(walk, (count, bytes) -> {});
            }
            blocks.sync();
            pins.update(from, to, unpin);
        }
    }

    private static void proveAll(DagWalk walk, Progress progress) throws IOException {
        long found = 0;
        for (Optional<DagWalk.Visit> visit = walk.next(); visit.isPresent(); visit = walk.next()) {
            visit.get().check();
            progress.found(++found, walk.bytes());
        }
    }
}
