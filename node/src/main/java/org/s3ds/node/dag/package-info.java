/** DAGs as a whole: brought in from CARs, written to them, measured. */
@NullMarked
package org.s3ds.node.dag;

import org.jspecify.annotations.NullMarked;
