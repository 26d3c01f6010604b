/** An index against a place in memory. */
@NullMarked
package org.s3ds.s3.index;

import org.jspecify.annotations.NullMarked;
