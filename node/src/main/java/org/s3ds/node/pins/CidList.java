package org.s3ds.node.pins;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;

/** CIDs as their bytes, which take a third of the memory; decoded when they are asked for. */
final class CidList extends AbstractList<Cid> {
    private final List<byte[]> encoded = new ArrayList<>();

    @Override
    public boolean add(Cid cid) {
        return encoded.add(cid.toBytes());
    }

    @Override
    public Cid get(int index) {
        try {
            return Cid.decode(encoded.get(index));
        } catch (FormatException e) {
            throw new IllegalStateException("a CID cannot be read back", e);
        }
    }

    @Override
    public int size() {
        return encoded.size();
    }
}
