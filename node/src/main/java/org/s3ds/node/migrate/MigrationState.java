package org.s3ds.node.migrate;

/** How far a migration is. */
public enum MigrationState {
    /** The repo has the store of before; what is in it is being copied, or was when that was cut short. */
    COPYING("being copied"),
    /** The repo has the target. */
    SWITCHED("done"),
    /** The repo has the target; what was written since the switch is being copied back, or was. */
    REVERTING("being reverted"),
    /** The repo has the store of before again. */
    REVERTED("reverted"),
    /** It was ended before the switch. */
    GIVEN_UP("given up"),
    /** What was at the place that was left is removed. */
    CLEANED("done, and cleaned");

    private final String words;

    MigrationState(String words) {
        this.words = words;
    }

    /** In words, such as {@code being copied}. */
    public String words() {
        return words;
    }

    /** Whether there is something to go on with. */
    public boolean isUnderWay() {
        return this == COPYING || this == REVERTING;
    }
}
