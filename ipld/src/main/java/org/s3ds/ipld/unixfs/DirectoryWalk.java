package org.s3ds.ipld.unixfs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;

/**
 * The entries of a directory, block by block: those of a basic directory in its sequence, those of a sharded one by the
 * hash of their names. Names are as the blocks have them: whoever makes files of them must refuse {@code ..} and
 * slashes.
 */
public final class DirectoryWalk implements Walk<List<Link>> {
    /** A block to visit: a shard below others at its path, or the root, which has none. */
    private record Place(Cid cid, Optional<HashPath> path) {}

    private final Pending<Place> pending;

    /** The directory with this root. */
    public DirectoryWalk(Cid root) {
        this.pending = new Pending<>(new Place(root, Optional.empty()), Place::cid);
    }

    @Override
    public Optional<Cid> next() {
        return pending.next();
    }

    @Override
    public List<Cid> children() {
        return pending.children();
    }

    /**
     * The entries in this block.
     *
     * @throws FormatException when it is not a directory, or not a shard fit for its place
     */
    @Override
    public List<Link> accept(Block block) throws FormatException {
        Place place = pending.take(block);
        UnixfsBlock read = UnixfsBlock.of(block);
        if (place.path.isPresent()) {
            return entries(HamtShard.below(place.path.get(), read));
        }
        return switch (read.node().type()) {
            case DIRECTORY -> read.links();
            case HAMT_SHARD -> entries(HamtShard.root(read));
            case FILE, RAW, SYMLINK, METADATA ->
                throw new FormatException("block " + read.cid() + " is not a directory");
        };
    }

    private List<Link> entries(HamtShard shard) throws FormatException {
        List<Link> entries = new ArrayList<>();
        List<Place> children = new ArrayList<>();
        for (HamtShard.Slot slot : shard.slots()) {
            switch (slot) {
                case HamtShard.EntrySlot one -> entries.add(one.entry());
                case HamtShard.ChildSlot below -> children.add(new Place(below.shard(), Optional.of(below.path())));
            }
        }
        pending.addFirst(children);
        return entries;
    }
}
