package org.s3ds.node.upkeep;

import java.util.List;
import java.util.Optional;
import org.s3ds.ipld.BlockSource;

/**
 * What an {@link Inspection} does.
 *
 * @param sample which blocks are read and hashed; empty for none: then checksums are compared that the store keeps
 * @param restart whether to begin with the first block, even if a run before was cut short
 * @param source the place that good copies come from, for people; empty when nothing is to be repaired
 * @param copies give blocks of that place; what they give is believed only when it has the right hash
 */
public record InspectionOptions(Optional<Sample> sample, boolean restart, String source, List<BlockSource> copies) {
    /** Reads every block, and repairs nothing. */
    public static final InspectionOptions FULL = new InspectionOptions(Optional.of(Sample.ALL), false, "", List.of());

    /** Copies the list. */
    public InspectionOptions {
        copies = List.copyOf(copies);
    }
}
