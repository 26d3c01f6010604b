/** Garbage collection: what is kept is marked, what is not is swept. */
@NullMarked
package org.s3ds.node.gc;

import org.jspecify.annotations.NullMarked;
