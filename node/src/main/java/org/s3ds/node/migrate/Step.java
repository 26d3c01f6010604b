package org.s3ds.node.migrate;

/** The steps that a {@link Journal} tells of. */
final class Step {
    /** What is to be moved, from where to where. */
    static final String BEGUN = "begun";

    /** What the target had at the begin. */
    static final String FOUND = "found";

    /** A copy of everything that the target lacked, while the repo may have been in use. */
    static final String COPIED = "copied";

    /** The same with the repo locked, and what was deleted meanwhile. */
    static final String LAST_COPIED = "copied under the lock";

    /** The repo has the other store. */
    static final String SWITCHED = "switched";

    /** What was written since the switch is being copied back. */
    static final String REVERT_BEGUN = "revert begun";

    /** The way back was given up: the repo keeps the target. */
    static final String REVERT_GIVEN_UP = "revert given up";

    /** The repo has the store of before. */
    static final String REVERTED = "reverted";

    /** It was given up before the switch. */
    static final String GIVEN_UP = "given up";

    /** The blocks at the place that was left are removed. */
    static final String CLEANED = "cleaned";

    private Step() {}
}
