package org.s3ds.node.migrate;

/**
 * How a migration works.
 *
 * @param keepOthers whether the target may have blocks that the repo does not have; they stay there
 * @param skipCorrupt whether damaged blocks of the source are left out, instead of ending it
 * @param deletes whether what was deleted from the source meanwhile is deleted from the target
 */
public record MigrationOptions(boolean keepOthers, boolean skipCorrupt, boolean deletes) {}
