package org.s3ds.ipld.unixfs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.PbNode;

/**
 * The bytes of a file, or of a stretch of it, block by block in their sequence; only blocks that the stretch touches
 * are visited. What a block says about the sizes below it must come true. A symlink reads as its target.
 */
public final class FileWalk implements Walk<ByteBuffer> {
    /** Levels of blocks in a file at most: with two links to a node, more chunks than can be counted. */
    static final int MAX_DEPTH = 100;

    /**
     * A block to visit.
     *
     * @param start where in the file its bytes begin
     * @param size what its parent says of it, in bytes of content; the root has no parent
     */
    private record Part(Cid cid, long start, OptionalLong size, int depth) {}

    private final long from;
    private final long to;
    private final Pending<Part> pending;
    private OptionalLong size = OptionalLong.empty();

    /** A whole file. */
    public FileWalk(Cid root) {
        this(root, 0, Long.MAX_VALUE);
    }

    /**
     * A stretch of a file.
     *
     * @param offset the first byte, counted from 0; may be behind the end
     * @param length how many bytes at most, 0 or more
     */
    public FileWalk(Cid root, long offset, long length) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("offset and length are 0 or more, not " + offset + ", " + length);
        }
        this.from = offset;
        this.to = length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
        this.pending = new Pending<>(new Part(root, 0, OptionalLong.empty(), 1), Part::cid);
    }

    /** The size of the whole file in bytes; absent until the root was accepted. */
    public OptionalLong size() {
        return size;
    }

    @Override
    public Optional<Cid> next() {
        return pending.next();
    }

    @Override
    public List<Cid> children() {
        return pending.children();
    }

    /** The bytes in this block that belong to the stretch, often none: a view of the block, which cannot be changed. */
    @Override
    public ByteBuffer accept(Block block) throws FormatException {
        Part part = pending.take(block);
        FileBlock file = FileBlock.of(UnixfsBlock.of(block), part.depth == 1);
        if (part.size.isEmpty()) {
            size = OptionalLong.of(file.size());
        } else if (part.size.getAsLong() != file.size()) {
            throw new FormatException("block " + part.cid + " holds " + file.size() + " bytes of its file, where "
                    + part.size.getAsLong() + " were announced");
        }
        ByteBuffer data = file.data();
        addChildren(part, file, part.start + data.remaining());
        return stretch(data, part.start);
    }

    /**
     * The blocks that will be visited below a block that is to come, in sequence, so that they can be fetched before it
     * is its turn; none where that is not known.
     */
    public List<Cid> ahead(Block block) {
        // leaves need not be decoded to see that nothing is below
        Optional<Part> place = PbNode.beginsWithLink(block) ? pending.find(block.cid()) : Optional.empty();
        if (place.isEmpty()) {
            return List.of();
        }
        try {
            FileBlock file = FileBlock.of(UnixfsBlock.of(block), false);
            long firstStart = place.get().start + file.data().remaining();
            return children(place.get(), file, firstStart).stream()
                    .map(Part::cid)
                    .toList();
        } catch (FormatException e) {
            return List.of(); // for accept to tell
        }
    }

    private void addChildren(Part part, FileBlock file, long firstStart) throws FormatException {
        List<Part> children = children(part, file, firstStart);
        if (!children.isEmpty() && part.depth == MAX_DEPTH) {
            throw new FormatException("block " + part.cid + " is at level " + MAX_DEPTH
                    + " of its file, the last that is read, and names others below it");
        }
        pending.addFirst(children);
    }

    private List<Part> children(Part part, FileBlock file, long firstStart) {
        List<Part> children = new ArrayList<>();
        long start = firstStart;
        for (FileBlock.Child child : file.children()) {
            long end = start + child.size();
            if (Math.max(start, from) < Math.min(end, to)) {
                children.add(new Part(child.cid(), start, OptionalLong.of(child.size()), part.depth + 1));
            }
            start = end;
        }
        return children;
    }

    private ByteBuffer stretch(ByteBuffer data, long start) {
        int first = Math.clamp(from - start, 0, data.remaining());
        int end = Math.clamp(to - start, first, data.remaining());
        return data.slice(first, end - first);
    }
}
