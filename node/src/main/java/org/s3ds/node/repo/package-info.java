/** The folder of a node: made, locked, opened and closed as Kubo does it. */
@NullMarked
package org.s3ds.node.repo;

import org.jspecify.annotations.NullMarked;
