package org.s3ds.node.unixfs;

import java.util.List;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.unixfs.Walk;

/**
 * One step of a walk, in the form in which a fetcher asks for it.
 *
 * @param value what the block gave
 * @param children the blocks it named, in the order of their visits
 */
record Step<T>(T value, List<Cid> children) {
    /** Hands a block over: what the walk wants afterwards and did not want before are its children. */
    static <T> Step<T> of(Walk<T> walk, Block block) throws FormatException {
        int before = walk.ahead(Integer.MAX_VALUE).size() - 1;
        T value = walk.accept(block);
        List<Cid> after = walk.ahead(Integer.MAX_VALUE);
        return new Step<>(value, after.subList(0, after.size() - before));
    }
}
