/** Tests of garbage collection. */
@NullMarked
package org.s3ds.node.gc;

import org.jspecify.annotations.NullMarked;
