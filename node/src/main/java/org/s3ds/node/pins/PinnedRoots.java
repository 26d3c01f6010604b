package org.s3ds.node.pins;

import java.io.IOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.s3ds.ipld.FormatException;
import org.s3ds.node.blocks.CidSet;

/**
 * What all pins kept at one moment, no change of a pin half in it: what the records say, and what the indexes have
 * beyond them. A CID may be there twice. Takes about 100 bytes for each, and those of its name.
 */
public final class PinnedRoots extends AbstractList<PinRecord> {
    private final List<byte[]> encoded = new ArrayList<>();

    private PinnedRoots() {}

    /** Reads all there is; no pin may change meanwhile. */
    static PinnedRoots read(PinEntries entries) throws IOException {
        PinnedRoots roots = new PinnedRoots();
        Map<PinMode, CidSet> known = new EnumMap<>(PinMode.class);
        entries.eachRecord(pin -> {
            known.computeIfAbsent(pin.mode(), any -> new CidSet()).add(pin.cid());
            roots.encoded.add(pin.encode());
        });
        for (PinMode mode : PinMode.values()) {
            CidSet recorded = known.computeIfAbsent(mode, any -> new CidSet());
            entries.eachIndexed(mode, cid -> {
                if (recorded.add(cid)) {
                    roots.encoded.add(new PinRecord(cid, mode, "").encode());
                }
            });
        }
        return roots;
    }

    @Override
    public PinRecord get(int index) {
        try {
            return PinRecord.decode(encoded.get(index));
        } catch (FormatException e) {
            throw new IllegalStateException("a pin cannot be read back", e);
        }
    }

    @Override
    public int size() {
        return encoded.size();
    }
}
