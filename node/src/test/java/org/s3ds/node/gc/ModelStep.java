package org.s3ds.node.gc;

/**
 * One thing that happens.
 *
 * @param who the number of a writer, or {@link #COLLECTOR}
 * @param what in words
 * @param blocks with which blocks; 0 for none
 */
record ModelStep(int who, String what, int blocks, ModelState after) {
    static final int COLLECTOR = -1;

    String text(ModelDag dag) {
        return (who == COLLECTOR ? "the collector " : "writer " + who + " ") + what + " " + dag.text(blocks);
    }
}
