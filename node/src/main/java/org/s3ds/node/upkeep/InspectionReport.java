package org.s3ds.node.upkeep;

import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.node.upkeep.Tally.Item;

/**
 * What an {@link Inspection} has found.
 *
 * @param sample which blocks were read and hashed; empty for none
 * @param looked what came of that, or of comparing checksums when none were read; all 0 when the store keeps none
 * @param listed all blocks that are there
 * @param foreign how many names beside them are not those of blocks
 * @param foreignNames the first few of these
 * @param drifts what index and store do not agree about; 0 when they were not compared
 * @param driftsMended those of these in whose place a good copy was put
 * @param needed blocks that pins and the root of the files need, as far as that could be told
 * @param missing those of them that were not there
 * @param restored those of the missing that are there now
 * @param mended those that were there, were found damaged when they were read for what they need, and have a good copy
 *     in their place now
 * @param broken those that are there, but could not be read for what they need
 */
public record InspectionReport(
        Optional<Sample> sample,
        Tally looked,
        Totals listed,
        long foreign,
        List<String> foreignNames,
        long drifts,
        long driftsMended,
        long needed,
        long missing,
        long restored,
        long mended,
        long broken) {
    /** Copies the list. */
    public InspectionReport {
        foreignNames = List.copyOf(foreignNames);
    }

    /** How many blocks were looked at and are not known to be bad, be it since they were repaired. */
    public long good() {
        return looked.get(Item.BLOCKS)
                - looked.get(Item.UNREADABLE)
                - looked.get(Item.UNCHECKED)
                - looked.get(Item.CORRUPT)
                + looked.get(Item.HEALED);
    }

    /** How many blocks are not as they were put, those that were repaired among them, and truncated ones not. */
    public long corrupt() {
        return looked.get(Item.CORRUPT) - looked.get(Item.TRUNCATED) + mended;
    }

    /** How many blocks there are a good copy of now, in place of a bad one or of none. */
    public long repaired() {
        return looked.get(Item.HEALED) + driftsMended + restored + mended;
    }

    /** Whether all that was looked at is as it should be now. Foreign names do no harm. */
    public boolean isWhole() {
        return good() == looked.get(Item.BLOCKS) && drifts == driftsMended && missing == restored && broken == 0;
    }

    /**
     * Whether every block was read, is what its hash says, and none is missing that pins and the root of the files
     * need: that this store holds all that the repo is.
     */
    public boolean provesAll() {
        return isWhole() && sample.filter(Sample::isAll).isPresent();
    }

    /** Whether every block that is there was read, and is what its hash says, though others may be missing. */
    public boolean provesWhatIsThere() {
        return good() == looked.get(Item.BLOCKS)
                && broken == 0
                && sample.filter(Sample::isAll).isPresent();
    }
}
