package org.s3ds.ipld.unixfs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;

/**
 * The blocks that a walk knows of and has not visited, the next one first.
 *
 * @param <P> a block's CID and what the walk knows of its place
 */
final class Pending<P> {
    /** Far more than any real tree has open at once; a hostile one must not fill the memory with CIDs. */
    private static final int MOST = 1 << 20;

    /** How many places are near: a few times what a reader fetches ahead. */
    private static final int NEAR = 1 << 10;

    private final Deque<P> places = new ArrayDeque<>();
    private final Function<P, Cid> cid;

    /** Of the block taken last. */
    private List<P> children = List.of();

    Pending(P root, Function<P, Cid> cid) {
        this.cid = cid;
        places.push(root);
    }

    Optional<Cid> next() {
        return Optional.ofNullable(places.peek()).map(cid);
    }

    /** The children of the block taken last: what was added since. */
    List<Cid> children() {
        return children.stream().map(cid).toList();
    }

    /** The first place of a CID among those near; empty when there is none. */
    Optional<P> find(Cid wanted) {
        return places.stream()
                .limit(NEAR)
                .filter(place -> cid.apply(place).equals(wanted))
                .findFirst();
    }

    /** The place of the block, which is the next one's. */
    P take(Block block) {
        P place = places.peek();
        if (place == null || !cid.apply(place).equals(block.cid())) {
            throw new IllegalArgumentException("got block " + block.cid() + " where "
                    + next().map(Cid::toString).orElse("none") + " comes next");
        }
        children = List.of();
        return places.pop();
    }

    /** Puts the children of the block just taken before all others. */
    void addFirst(List<P> below) throws FormatException {
        if (below.size() > MOST - places.size()) {
            throw new FormatException("more than " + MOST + " blocks are named before any of them is reached");
        }
        children = below;
        below.reversed().forEach(places::push);
    }
}
