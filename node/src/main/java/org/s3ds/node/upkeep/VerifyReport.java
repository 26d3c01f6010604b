package org.s3ds.node.upkeep;

import java.util.List;
import org.s3ds.node.upkeep.Tally.Item;

/**
 * What a {@link Verification} has found when it came to its end.
 *
 * @param options what it did
 * @param tally what it counted
 * @param foreign the first few names that are not those of blocks
 */
public record VerifyReport(VerifyOptions options, Tally tally, List<String> foreign) {
    /** Copies the list. */
    public VerifyReport {
        foreign = List.copyOf(foreign);
    }

    /** Kubo's words, and for what it does not know ours. */
    public String summary() {
        String others = part(Item.REMOVED, "removed")
                + part(Item.FAILED_TO_REMOVE, "failed to remove")
                + part(Item.HEALED, "healed")
                + part(Item.FAILED_TO_HEAL, "failed to heal")
                + part(Item.LEFT, "left")
                + part(Item.UNREADABLE, "could not be read")
                + part(Item.UNCHECKED, "not checked");
        return tally.get(Item.CORRUPT) == 0 && others.isEmpty()
                ? "verify complete, all blocks validated."
                : "verify complete, " + tally.get(Item.CORRUPT) + " blocks corrupt" + others;
    }

    private String part(Item item, String words) {
        return tally.get(item) == 0 ? "" : ", " + tally.get(item) + " " + words;
    }

    /** Whether every block is now known to be whole, or was mended as it should be. */
    public boolean succeeded() {
        if (tally.get(Item.UNREADABLE) + tally.get(Item.UNCHECKED) > 0) {
            return false;
        }
        if (tally.get(Item.CORRUPT) == 0) {
            return true;
        }
        boolean mended = options.drop() || options.heal();
        return mended && tally.get(Item.FAILED_TO_REMOVE) + tally.get(Item.FAILED_TO_HEAL) == 0;
    }
}
