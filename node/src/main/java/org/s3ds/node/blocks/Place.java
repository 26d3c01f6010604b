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
    private final Place root;
    private final Cid cid;

    /** Of the link that leads here; of a root, its keeper. */
    private final String name;

    private final int index;
    private final int depth;

    private Place(Cid root, String keeper) {
        this.above = null;
        this.root = this;
        this.cid = root;
        this.name = keeper;
        this.index = 0;
        this.depth = 0;
    }

    private Place(Place above, Link link, int index) {
        this.above = above;
        this.root = above.root;
        this.cid = link.cid();
        this.name = link.name();
        this.index = index;
        this.depth = above.depth + 1;
    }

    /** A root. */
    public static Place root(Cid cid) {
        return root(cid, "");
    }

    /**
     * A root.
     *
     * @param keeper what has it as its root, for people; empty for nothing that need be told
     */
    public static Place root(Cid cid, String keeper) {
        return new Place(cid, keeper);
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
        return root.cid;
    }

    /** What has the root as its root, for people; may be empty. */
    public String keeper() {
        return root.name;
    }

    /** The name of the link that leads here; empty for none. Not for roots. */
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
