package org.s3ds.node.unixfs;

import java.util.List;

/**
 * How an add ended.
 *
 * @param roots what was added, one for each input; the wrapping directory alone when there is one
 * @param refused a sentence for each thing that was passed over; the add is not complete unless there are none
 * @param blocks how many distinct blocks it has, inlined ones not counted
 */
public record AddResult(List<Added> roots, List<String> refused, long blocks) {
    /** Copies the lists. */
    public AddResult {
        roots = List.copyOf(roots);
        refused = List.copyOf(refused);
    }
}
