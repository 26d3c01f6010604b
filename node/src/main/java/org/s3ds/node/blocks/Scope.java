package org.s3ds.node.blocks;

/**
 * The time in which someone stores blocks, or looks for some that are there, and writes a root that keeps them: an add,
 * a pin, an import, a change of the files. No collection that runs while it is open, or begins then, removes a block
 * that was put or asked for through {@link #blocks}. Close it once the root is durable, or given up. Any thread may use
 * it.
 */
public final class Scope implements AutoCloseable {
    private final Protection protection;
    private final Protection.Touched touched;
    private final Blockstore blocks;

    Scope(Blockstore shared, Protection protection) {
        this.protection = protection;
        this.touched = protection.open();
        this.blocks = shared.in(touched);
    }

    /** The blocks, to be used until the scope is closed. */
    public Blockstore blocks() {
        return blocks;
    }

    /**
     * Asks that no collection begins until the scope is closed, for who is about to write a root above blocks that it
     * does not look at one by one. To be closed soon: a collection waits for it.
     *
     * @return false when one is running, or waits to begin; then every block must be asked for through {@link #blocks}
     */
    public boolean holdOff() {
        return protection.holdOff(touched);
    }

    /** Ends the protection of whatever no root keeps by now. */
    @Override
    public void close() {
        protection.close(touched);
    }
}
