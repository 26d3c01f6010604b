package org.s3ds.node.blocks;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Link;

/** Where a {@link DagWalk} met a block: the links that lead to it from a root. */
public final class Place {
    /** How many links of a long path are told at its begin and at its end. */
    private static final int TOLD = 8;

    private final @Nullable Place above;
    private final Cid cid;
    private final Cid root;
    private final String name;
    private final int index;
    private final int depth;

    private Place(Cid root) {
        this.above = null;
        this.cid = root;
        this.root = root;
        this.name = "";
        this.index = 0;
        this.depth = 0;
    }

    private Place(Place above, Link link, int index) {
        this.above = above;
        this.cid = link.cid();
        this.root = above.root;
        this.name = link.name();
        this.index = index;
        this.depth = above.depth + 1;
    }

    static Place root(Cid cid) {
        return new Place(cid);
    }

    Place below(Link link, int index) {
        return new Place(this, link, index);
    }

    /** The block. */
    public Cid cid() {
        return cid;
    }

    /** The root it was met below; for a root, itself. */
    public Cid root() {
        return root;
    }

    /** The name of the link that leads here; empty for none, and for a root. */
    String name() {
        return name;
    }

    /** Whether it is a root. */
    public boolean isRoot() {
        return above == null;
    }

    /**
     * The root's CID and the names of the links, between slashes; a link without a name is {@code #} and its number
     * from 0. The middle of a long path is left out.
     */
    public String path() {
        Deque<String> steps = new ArrayDeque<>();
        for (Place at = this; at != null; at = at.above) {
            if (at.depth <= TOLD || at.depth > depth - TOLD) {
                steps.addFirst(at.step().replaceAll("\\p{Cntrl}", "?"));
            } else if (at.depth == TOLD + 1) {
                steps.addFirst("… " + (depth - 2 * TOLD) + " more …");
            }
        }
        return String.join("/", steps);
    }

    private String step() {
        if (isRoot()) {
            return cid.toString();
        }
        return name.isEmpty() ? "#" + index : name;
    }
}
