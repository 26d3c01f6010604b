/**
 * Moves the values below one mountpoint of a repo from one store to another, while the repo is in use, and back.
 *
 * <p>What is read first: {@link org.s3ds.node.migrate.Migration}.
 */
@NullMarked
package org.s3ds.node.migrate;

import org.jspecify.annotations.NullMarked;
